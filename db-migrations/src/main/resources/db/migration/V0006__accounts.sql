-- Accounts on platforms, their groups and credentials, and the sandbox accounts that take the place of live ones.

-- Limits and pauses that all accounts of one platform app, or all connections of one identity, share across workspaces. In test mode
-- each workspace has platform apps of its own, so that its simulated limits pause no other workspace.
CREATE TABLE platform_app (
    id uuid PRIMARY KEY,
    platform text NOT NULL,
    client text NOT NULL,
    workspace_id uuid REFERENCES workspace,
    paused_until timestamptz,
    UNIQUE NULLS NOT DISTINCT (platform, client, workspace_id)
);
CREATE INDEX platform_app_paused ON platform_app (paused_until) WHERE paused_until IS NOT NULL;
COMMENT ON COLUMN platform_app.client IS 'OAuth client id; or the instance, on platforms where each instance sets the limit';
COMMENT ON COLUMN platform_app.workspace_id IS 'set in test mode, and for an app that a workspace brings itself; null for an app that workspaces share';

CREATE TABLE platform_identity (
    id uuid PRIMARY KEY,
    platform text NOT NULL,
    external_id text NOT NULL,
    paused_until timestamptz,
    UNIQUE (platform, external_id)
);
CREATE INDEX platform_identity_paused ON platform_identity (paused_until) WHERE paused_until IS NOT NULL;
-- Both tables span tenants, so the API does not read them: it passes the names and gets the id (R__platform_ids.sql).
GRANT SELECT, INSERT, UPDATE ON platform_app, platform_identity TO carillon_dispatch;

-- Each account is in exactly one group, and a workspace has a default group in each mode.
CREATE TABLE account_group (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
    is_default boolean NOT NULL DEFAULT false,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
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
    host text NOT NULL GENERATED ALWAYS AS (
        CASE WHEN livemode THEN platform || coalesce(':' || substring(service_url FROM '^https?://([^/]+)'), '')
             ELSE 'test:' || platform || ':' || workspace_id::text END) STORED,
    status text NOT NULL CHECK (status IN ('active', 'needs_reauth', 'disconnected')),
    status_reason text,
    access_expires_at timestamptz,
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
CREATE INDEX account_of_group ON account (account_group_id);
COMMENT ON COLUMN account.external_id IS 'the identity''s permanent id on the platform, such as a DID or a number; handles can change';
COMMENT ON COLUMN account.platform_identity_id IS 'null in test mode, where a simulated identity shares no limit with other accounts';
COMMENT ON COLUMN account.service_url IS 'the server of this account, on platforms with many servers';
COMMENT ON COLUMN account.host IS 'accounts with the same host are paused together when it fails; in test mode a host belongs to one workspace, so that its faults reach no other';
COMMENT ON COLUMN account.access_expires_at IS 'business time when access to a simulated account ends, so that callers can test for it; the sandbox enforces it; null for never, or unknown';
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
COMMENT ON COLUMN account_credentials.refresh_lease_until IS 'database time until which only one process may refresh them';
SELECT isolate_tenants('account_credentials', 'SELECT, INSERT, UPDATE, DELETE');

-- Which test account takes the place of which live account when a live key has the sandbox publish a single post. This is the only table in
-- which the two modes meet. Each livemode column has only one possible value, so that the foreign keys enforce both modes.
CREATE TABLE sandbox_account (
    account_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL DEFAULT false CHECK (NOT livemode),
    live_account_id uuid NOT NULL UNIQUE,
    live_account_livemode boolean NOT NULL DEFAULT true CHECK (live_account_livemode),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (account_id, live_account_id),
    FOREIGN KEY (workspace_id, livemode, account_id) REFERENCES account (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, live_account_livemode, live_account_id) REFERENCES account (workspace_id, livemode, id)
);
SELECT isolate_tenants('sandbox_account', 'SELECT, INSERT');

-- Whether an account, its group, or the live account that it takes the place of is within the bounds. It has the owner's rights, because it
-- reads rows that the caller may not see; it returns only yes or no.
CREATE FUNCTION account_is_within(account uuid, bounds uuid[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM account AS own LEFT JOIN sandbox_account ON sandbox_account.account_id = own.id
                   LEFT JOIN account AS live ON live.id = sandbox_account.live_account_id
                   WHERE own.id = account_is_within.account AND own.workspace_id = current_setting('carillon.workspace')::uuid
                     AND (own.id = ANY (bounds) OR own.account_group_id = ANY (bounds)
                          OR live.id = ANY (bounds) OR live.account_group_id = ANY (bounds)));
END $$;
REVOKE EXECUTE ON FUNCTION account_is_within FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_is_within TO carillon_app;

-- Restrict a bound caller further, within its workspace. Workers span tenants and are not restricted.
CREATE POLICY within_bounds ON account AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR account_is_within(id, (SELECT caller_bounds())));
CREATE POLICY within_bounds ON account_group AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR id = ANY ((SELECT caller_bounds())::uuid[]));
