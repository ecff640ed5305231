-- The fence around tenants. Roles exist before this runs (see Migrations): the owner migrates and nothing else, carillon_app serves
-- the API inside one workspace, carillon_dispatch works across workspaces.

-- Puts a tenant table behind the fence. The setting is cast, so that a transaction that names no workspace gets an error and not an
-- empty result; the sub-select makes PostgreSQL evaluate it once per statement.
CREATE FUNCTION isolate_tenants(tenant_table regclass, app_privileges text, workspace_column text DEFAULT 'workspace_id')
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY one_workspace ON %s TO carillon_app'
        ' USING (%I = (SELECT current_setting(''carillon.workspace'')::uuid))'
        ' WITH CHECK (%I = (SELECT current_setting(''carillon.workspace'')::uuid))', tenant_table, workspace_column, workspace_column);
    EXECUTE format('CREATE POLICY every_workspace ON %s TO carillon_dispatch USING (true) WITH CHECK (true)', tenant_table);
    IF app_privileges <> '' THEN
        EXECUTE format('GRANT %s ON %s TO carillon_app', app_privileges, tenant_table);
    END IF;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO carillon_dispatch', tenant_table);
END $$;
REVOKE EXECUTE ON FUNCTION isolate_tenants FROM PUBLIC;

GRANT USAGE ON SCHEMA public TO carillon_app, carillon_dispatch;
-- A process that may not migrate can still tell whether the shape is the one it knows.
GRANT SELECT ON flyway_schema_history TO carillon_app, carillon_dispatch;

-- One row for the whole installation: refuses a start with a master key that did not seal what is stored here.
CREATE TABLE installation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    master_key_check bytea NOT NULL
);
GRANT SELECT, INSERT ON installation TO carillon_app, carillon_dispatch;

-- What a workspace may do, as data.
CREATE TABLE plan (
    id text PRIMARY KEY,
    name text NOT NULL,
    fee_micros bigint NOT NULL CHECK (fee_micros >= 0),
    currency text NOT NULL,
    weight integer NOT NULL CHECK (weight > 0),
    max_in_flight integer NOT NULL CHECK (max_in_flight > 0),
    max_webhook_endpoints integer NOT NULL CHECK (max_webhook_endpoints > 0),
    retention_days integer NOT NULL CHECK (retention_days > 0)
);
COMMENT ON COLUMN plan.fee_micros IS 'our fee for one publication, beside what the platform charges';
COMMENT ON COLUMN plan.weight IS 'share of the workspace when the dispatcher is short of room';
COMMENT ON COLUMN plan.max_in_flight IS 'publications of one workspace and mode that may be claimed at the same time';
GRANT SELECT ON plan TO carillon_app, carillon_dispatch;
INSERT INTO plan (id, name, fee_micros, currency, weight, max_in_flight, max_webhook_endpoints, retention_days)
VALUES ('self_hosted', 'Self-hosted', 10000, 'usd', 1, 10000, 20, 30);

CREATE TABLE workspace (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    plan_id text NOT NULL REFERENCES plan,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT isolate_tenants('workspace', 'SELECT, INSERT, UPDATE', 'id');

-- The data key of a workspace, sealed by the master key.
CREATE TABLE workspace_key (
    workspace_id uuid PRIMARY KEY REFERENCES workspace,
    sealed_keyset bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT isolate_tenants('workspace_key', 'SELECT, INSERT');

CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    secret_hash bytea NOT NULL UNIQUE,
    last_four text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    UNIQUE (workspace_id, livemode, id)
);
COMMENT ON COLUMN api_key.secret_hash IS 'SHA-256 of the whole key; the key itself is stored nowhere';
SELECT isolate_tenants('api_key', 'SELECT, INSERT, UPDATE');

-- A key is looked up before its workspace is known; only its exact hash opens the row.
CREATE FUNCTION api_key_of_secret(hash bytea) RETURNS SETOF api_key
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT * FROM api_key WHERE secret_hash = hash $$;
REVOKE EXECUTE ON FUNCTION api_key_of_secret FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_of_secret TO carillon_app;

-- The reply to a request with an Idempotency-Key, written in the transaction of the request's effect.
CREATE TABLE idempotency_key (
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    sealed_reply bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, livemode, route, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
COMMENT ON COLUMN idempotency_key.fingerprint IS 'SHA-256 of method, path and body';
SELECT isolate_tenants('idempotency_key', 'SELECT, INSERT, DELETE');
