-- People: who signs in, how they are known, their sessions, and the workspaces of which they are members. A user belongs to no workspace, so
-- their own rows stand behind a fence of their own: the API sees those of the one user that its transaction names.
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
COMMENT ON COLUMN app_user.email IS 'in small letters; shown to be theirs before the row was made';
SELECT isolate_users('app_user', 'SELECT, INSERT, UPDATE', 'id');

-- How a user is known to whoever vouches for them: a provider of sign-in, or a mail that they received.
CREATE TABLE user_identity (
    issuer text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
    user_id uuid NOT NULL REFERENCES app_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identity_of_user ON user_identity (user_id);
SELECT isolate_users('user_identity', 'SELECT, INSERT', 'user_id');

-- All of it in database time. A session is over when it was ended, when nobody came for a while, and in the end in any case.
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
COMMENT ON COLUMN user_session.address IS 'where it was last seen';
SELECT isolate_users('user_session', 'SELECT, INSERT, UPDATE', 'user_id');

-- Who is asked for before anybody is known: by an exact key, and nothing but what that opens.
CREATE FUNCTION user_by_identity(wanted_issuer text, wanted_subject text) RETURNS SETOF app_user
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.* FROM user_identity JOIN app_user ON app_user.id = user_identity.user_id
    WHERE issuer = wanted_issuer AND subject = wanted_subject $$;
CREATE FUNCTION user_by_email(wanted_email text) RETURNS SETOF app_user
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM app_user WHERE email = wanted_email $$;
CREATE FUNCTION session_by_id(wanted_id uuid)
    RETURNS TABLE (id uuid, user_id uuid, email text, name text, user_created_at timestamptz, user_agent text, address text,
                   created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, alive boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT session.id, session.user_id, app_user.email, app_user.name, app_user.created_at, session.user_agent, session.address,
           session.created_at, session.last_seen_at, session.expires_at,
           session.ended_at IS NULL AND least(session.idle_until, session.expires_at) > clock_timestamp()
    FROM user_session AS session JOIN app_user ON app_user.id = session.user_id
    WHERE session.id = wanted_id $$;

-- Members: users with a role in a workspace. One that is removed stays as who made what they made.
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

-- An invitation is for one address; whoever shows that it is theirs, and its token, becomes a member.
CREATE TABLE invitation (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')),
    token_hash bytea NOT NULL UNIQUE,
    invited_by_member uuid,
    invited_by_key uuid REFERENCES api_key,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    FOREIGN KEY (workspace_id, invited_by_member) REFERENCES member (workspace_id, id)
);
CREATE UNIQUE INDEX invitation_open ON invitation (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_of_email ON invitation (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
COMMENT ON COLUMN invitation.token_hash IS 'SHA-256 of the token that was mailed last; the token itself is stored nowhere';
SELECT isolate_tenants('invitation', 'SELECT, INSERT, UPDATE');

-- Which workspaces the transaction's user is a member of.
CREATE FUNCTION workspaces_of_user()
    RETURNS TABLE (id uuid, name text, plan_id text, created_at timestamptz, member_id uuid, role text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT workspace.id, workspace.name, workspace.plan_id, workspace.created_at, member.id, member.role
    FROM member JOIN workspace ON workspace.id = member.workspace_id
    WHERE member.user_id = current_setting('carillon.user')::uuid AND member.removed_at IS NULL $$;
-- Who the members of the transaction's workspace are; of others, nothing is told.
CREATE FUNCTION users_of_workspace() RETURNS TABLE (id uuid, email text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.id, app_user.email, app_user.name
    FROM app_user WHERE app_user.id IN (
        SELECT member.user_id FROM member WHERE member.workspace_id = current_setting('carillon.workspace')::uuid) $$;
-- Whether somebody who shows that this address is theirs is let in without being known.
CREATE FUNCTION is_expected(wanted_email text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM invitation WHERE email = wanted_email AND accepted_at IS NULL AND revoked_at IS NULL
                   AND expires_at > clock_timestamp()) $$;
CREATE FUNCTION invitation_by_token(hash bytea)
    RETURNS TABLE (id uuid, workspace_id uuid, workspace_name text, email text, role text, accepted boolean, revoked boolean, expired boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT invitation.id, invitation.workspace_id, workspace.name, invitation.email, invitation.role, invitation.accepted_at IS NOT NULL,
           invitation.revoked_at IS NOT NULL, invitation.expires_at <= clock_timestamp()
    FROM invitation JOIN workspace ON workspace.id = invitation.workspace_id WHERE invitation.token_hash = hash $$;

-- Who made something may be a member instead of a key.
ALTER TABLE post
    ADD COLUMN member_id uuid,
    ADD FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id);
COMMENT ON COLUMN post.member_id IS 'who made it, where that was a person who had signed in; no key is named then';
ALTER TABLE api_key
    ADD COLUMN created_by_member uuid,
    ADD FOREIGN KEY (workspace_id, created_by_member) REFERENCES member (workspace_id, id);
COMMENT ON COLUMN api_key.created_by_member IS 'the member who made it; null where a key or the operator did';

-- Keys of the whole installation, sealed by the master key: made at random by whoever needs one first.
CREATE TABLE installation_key (
    purpose text PRIMARY KEY,
    sealed_key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON installation_key TO carillon_app;

DO $$
DECLARE
    narrow text;
BEGIN
    FOREACH narrow IN ARRAY ARRAY['user_by_identity(text, text)', 'user_by_email(text)', 'session_by_id(uuid)', 'workspaces_of_user()',
                                  'users_of_workspace()', 'is_expected(text)', 'invitation_by_token(bytea)'] LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', narrow);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO carillon_app', narrow);
    END LOOP;
END $$;
