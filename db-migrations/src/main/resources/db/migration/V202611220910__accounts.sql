-- Budgets and pauses that every account of one app, or every connection of one identity, has in common, across workspaces.
CREATE TABLE platform_app (
    id uuid PRIMARY KEY,
    platform text NOT NULL,
    client text NOT NULL,
    workspace_id uuid REFERENCES workspace,
    paused_until timestamptz,
    UNIQUE NULLS NOT DISTINCT (platform, client, workspace_id)
);
COMMENT ON COLUMN platform_app.client IS 'OAuth client id, or the instance where the limit is the instance''s';
COMMENT ON COLUMN platform_app.workspace_id IS 'set where a workspace brings an app of its own';
CREATE TABLE platform_identity (
    id uuid PRIMARY KEY,
    platform text NOT NULL,
    external_id text NOT NULL,
    paused_until timestamptz,
    UNIQUE (platform, external_id)
);
GRANT SELECT, INSERT, UPDATE ON platform_app, platform_identity TO carillon_dispatch;

-- Both tables span tenants, so the API never reads them: it names what it links and gets the id.
CREATE FUNCTION platform_app_of(new_id uuid, app_platform text, app_client text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO platform_app (id, platform, client) VALUES (new_id, app_platform, app_client)
    ON CONFLICT (platform, client, workspace_id) DO UPDATE SET client = excluded.client RETURNING id $$;
CREATE FUNCTION platform_identity_of(new_id uuid, identity_platform text, identity_external_id text) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO platform_identity (id, platform, external_id) VALUES (new_id, identity_platform, identity_external_id)
    ON CONFLICT (platform, external_id) DO UPDATE SET external_id = excluded.external_id RETURNING id $$;
REVOKE EXECUTE ON FUNCTION platform_app_of, platform_identity_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_app_of, platform_identity_of TO carillon_app;

CREATE TABLE account_group (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, livemode, id)
);
CREATE UNIQUE INDEX account_group_default ON account_group (workspace_id, livemode) WHERE is_default;
SELECT isolate_tenants('account_group', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE account (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    platform text NOT NULL,
    external_id text NOT NULL,
    account_group_id uuid NOT NULL,
    platform_app_id uuid NOT NULL REFERENCES platform_app,
    platform_identity_id uuid REFERENCES platform_identity,
    username text NOT NULL,
    display_name text,
    service_url text,
    status text NOT NULL CHECK (status IN ('active', 'needs_reauth', 'disconnected')),
    status_reason text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    disconnected_at timestamptz,
    UNIQUE (workspace_id, livemode, platform, external_id),
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, account_group_id) REFERENCES account_group (workspace_id, livemode, id),
    CHECK (NOT livemode OR platform <> 'sandbox')
);
CREATE INDEX account_page ON account (workspace_id, livemode, id DESC);
CREATE INDEX account_of_app ON account (platform_app_id);
COMMENT ON COLUMN account.external_id IS 'who this is on the platform, for good: a DID, a numeric id; handles change';
COMMENT ON COLUMN account.service_url IS 'where this account lives, on platforms of many servers';
COMMENT ON COLUMN account.platform_identity_id IS 'null in test mode: a played identity shares no budget with anybody';
SELECT isolate_tenants('account', 'SELECT, INSERT, UPDATE');

CREATE TABLE account_credentials (
    account_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    sealed bytea NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    refresh_lease_until timestamptz,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (workspace_id, livemode, account_id) REFERENCES account (workspace_id, livemode, id)
);
COMMENT ON COLUMN account_credentials.refresh_lease_until IS 'database time until which one process alone refreshes these';
SELECT isolate_tenants('account_credentials', 'SELECT, INSERT, UPDATE, DELETE');
