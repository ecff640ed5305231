-- People: users, their sign-ins and sessions, and their memberships in workspaces.
--
-- A user belongs to no workspace, so the user's own rows have their own row-level security: the API sees those of the one user that its
-- transaction names.

-- Isolates a table by user, as isolate_tenants does by workspace.
CREATE FUNCTION isolate_users(personal_table regclass, app_privileges text, user_column text)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', personal_table);
    EXECUTE format('CREATE POLICY one_user ON %s TO carillon_app'
        ' USING (%I = (SELECT current_setting(''carillon.user'')::uuid))'
        ' WITH CHECK (%I = (SELECT current_setting(''carillon.user'')::uuid))', personal_table, user_column, user_column);
    EXECUTE format('GRANT %s ON %s TO carillon_app', app_privileges, personal_table);
END $$;
REVOKE EXECUTE ON FUNCTION isolate_users FROM PUBLIC;

CREATE TABLE app_user (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
    name text CHECK (length(name) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN app_user.email IS 'in lower case; the user proved ownership before the row was created';
SELECT isolate_users('app_user', 'SELECT, INSERT, UPDATE', 'id');

-- How a user is recognized: the name that an issuer vouches for. The issuer is a sign-in provider, or a mail that the user received.
CREATE TABLE user_identity (
    issuer text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
    user_id uuid NOT NULL REFERENCES app_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identity_of_user ON user_identity (user_id);
SELECT isolate_users('user_identity', 'SELECT, INSERT', 'user_id');

-- A signed-in user in one browser. All times are database time. A session is over when it has been ended, when it was unused for too long
-- (idle_until), or in any case at expires_at.
CREATE TABLE user_session (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES app_user,
    user_agent text CHECK (length(user_agent) <= 500),
    address text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    idle_until timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX user_session_of_user ON user_session (user_id, id);
CREATE INDEX user_session_end ON user_session (expires_at);
COMMENT ON COLUMN user_session.address IS 'the IP address of its latest request';
SELECT isolate_users('user_session', 'SELECT, INSERT, UPDATE', 'user_id');

-- Sign-in links that were requested by mail. The user is not known yet and the rows contain email addresses, so no role has privileges on
-- the table: the API reaches it only through functions (R__sign_in_links.sql).
CREATE TABLE sign_in_link (
    token_hash bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    address text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX sign_in_link_of_email ON sign_in_link (email, created_at);
CREATE INDEX sign_in_link_of_address ON sign_in_link (address, created_at);
CREATE INDEX sign_in_link_age ON sign_in_link (created_at);
COMMENT ON TABLE sign_in_link IS 'one row per request for a link, whether or not a mail was sent';
COMMENT ON COLUMN sign_in_link.token_hash IS 'SHA-256 of the token in the link; the token itself is stored nowhere';
COMMENT ON COLUMN sign_in_link.browser_hash IS 'SHA-256 of the secret in the cookie of the browser that requested the link';
COMMENT ON COLUMN sign_in_link.address IS 'the IP address that requested it';

-- Sign-ins that were started with a provider and have not returned yet. The row holds only hashes: the secrets of a sign-in are derived from
-- the browser's cookie, so this table alone is not enough to complete one. Without a signed-in user there is no workspace or user to isolate
-- by, so no role has privileges on the table: the API reaches it only through functions (R__oidc_sign_ins.sql).
CREATE TABLE oidc_sign_in (
    state_hash bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    provider text NOT NULL CHECK (length(provider) BETWEEN 1 AND 32),
    return_to text CHECK (length(return_to) BETWEEN 1 AND 1000),
    expires_at timestamptz NOT NULL
);
CREATE INDEX oidc_sign_in_by_end ON oidc_sign_in (expires_at);
COMMENT ON COLUMN oidc_sign_in.provider IS 'the provider''s name in the configuration';
COMMENT ON COLUMN oidc_sign_in.return_to IS 'a path of this installation, opened after the sign-in';

-- A user with a role in a workspace. A removed member's row is kept, because it is the author of what the member created.
CREATE TABLE member (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    user_id uuid NOT NULL REFERENCES app_user,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    removed_at timestamptz,
    UNIQUE (workspace_id, id)
);
CREATE UNIQUE INDEX member_once ON member (user_id, workspace_id) WHERE removed_at IS NULL;
CREATE INDEX member_page ON member (workspace_id, id DESC) WHERE removed_at IS NULL;
SELECT isolate_tenants('member', 'SELECT, INSERT, UPDATE');
