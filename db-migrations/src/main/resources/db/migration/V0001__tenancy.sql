-- Workspaces, their plans and data keys, and the row-level security that isolates tenants.
--
-- Three database roles exist before the first migration runs (Migrations.java creates them): carillon_app serves the API inside one
-- workspace, carillon_dispatch works across workspaces, and carillon_sandbox sees only the sandbox platform's schema. The owner of the
-- tables runs migrations and nothing else.
--
-- The files V0001 to V0019 create every table once, in the order in which they refer to each other. Functions that policies or triggers refer
-- to are created with them. All other functions are in repeatable migrations (R__*.sql), which Flyway runs after all versioned ones: a
-- versioned migration cannot call them, because they do not exist yet when it runs on a new database.

GRANT USAGE ON SCHEMA public TO carillon_app, carillon_dispatch;
-- A process that may not migrate can still check whether the database has the schema of its build.
GRANT SELECT ON flyway_schema_history TO carillon_app, carillon_dispatch;

-- Isolates a tenant table: turns on row-level security and grants carillon_app only the privileges that are named. The policy casts the
-- setting to uuid, so that a transaction that names no workspace fails instead of getting an empty result. The sub-select makes PostgreSQL
-- evaluate the setting once per statement instead of once per row.
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

-- The installation as a whole: exactly one row. A process refuses to start with a master key other than the one that sealed this database.
CREATE TABLE installation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    master_key_check bytea NOT NULL
);
GRANT SELECT, INSERT ON installation TO carillon_app, carillon_dispatch;

-- Keys of the installation, sealed under the master key. The first process that needs a key generates it at random.
CREATE TABLE installation_key (
    purpose text PRIMARY KEY,
    sealed_key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON installation_key TO carillon_app;

-- A workspace's fee, limits and weight, as data.
CREATE TABLE plan (
    id text PRIMARY KEY,
    name text NOT NULL,
    fee_micros bigint NOT NULL CHECK (fee_micros >= 0),
    currency text NOT NULL,
    weight integer NOT NULL CHECK (weight > 0),
    max_in_flight integer NOT NULL CHECK (max_in_flight > 0),
    max_webhook_endpoints integer NOT NULL CHECK (max_webhook_endpoints > 0),
    max_account_groups integer NOT NULL DEFAULT 20 CHECK (max_account_groups > 0),
    reads_per_minute integer CHECK (reads_per_minute BETWEEN 1 AND 10000000),
    writes_per_minute integer CHECK (writes_per_minute BETWEEN 1 AND 10000000),
    posts_per_minute integer CHECK (posts_per_minute BETWEEN 1 AND 10000000),
    batches_per_minute integer CHECK (batches_per_minute BETWEEN 1 AND 10000000),
    admin_requests_per_minute integer CHECK (admin_requests_per_minute BETWEEN 1 AND 10000000),
    retention_days integer NOT NULL CHECK (retention_days > 0)
);
COMMENT ON COLUMN plan.fee_micros IS 'our fee for one publication, in addition to the platform''s charge';
COMMENT ON COLUMN plan.weight IS 'the workspace''s share when the dispatcher has more due work than free capacity';
COMMENT ON COLUMN plan.max_in_flight IS 'publications of one workspace and mode that may be claimed at the same time';
COMMENT ON COLUMN plan.max_account_groups IS 'in one mode, including the default group';
COMMENT ON COLUMN plan.reads_per_minute IS 'rate limit of each key and each signed-in user, like the four after it; null for no limit';
COMMENT ON COLUMN plan.admin_requests_per_minute IS 'of requests that change permissions or are expensive to answer';
GRANT SELECT ON plan TO carillon_app, carillon_dispatch;

-- On a self-hosted installation, the rate limits stop only programs that run out of control.
INSERT INTO plan (id, name, fee_micros, currency, weight, max_in_flight, max_webhook_endpoints, max_account_groups,
                  reads_per_minute, writes_per_minute, posts_per_minute, batches_per_minute, admin_requests_per_minute, retention_days)
VALUES ('self_hosted', 'Self-hosted', 10000, 'usd', 1, 10000, 20, 20, 1000000, 200000, 300000, 6000, 12000, 30);

CREATE TABLE workspace (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    plan_id text NOT NULL REFERENCES plan,
    grace_seconds integer NOT NULL DEFAULT 900 CHECK (grace_seconds BETWEEN 60 AND 2592000),
    misfire_policy text NOT NULL DEFAULT 'skip' CHECK (misfire_policy IN ('skip', 'publish')),
    late_per_account_hour integer NOT NULL DEFAULT 20 CHECK (late_per_account_hour BETWEEN 1 AND 10000),
    stripe_customer_id text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN workspace.grace_seconds IS 'how late a post may still be published; a post''s own value takes precedence';
COMMENT ON COLUMN workspace.misfire_policy IS 'what happens to a post after its grace period; a post''s own value takes precedence';
COMMENT ON COLUMN workspace.late_per_account_hour IS 'most posts that are more than five minutes late and still published, per account and hour';
COMMENT ON COLUMN workspace.stripe_customer_id IS 'the customer at Stripe who pays; without one, usage is not reported and waits';
SELECT isolate_tenants('workspace', 'SELECT, INSERT, UPDATE', 'id');

-- The data key of a workspace, sealed under the master key.
CREATE TABLE workspace_key (
    workspace_id uuid PRIMARY KEY REFERENCES workspace,
    sealed_keyset bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT isolate_tenants('workspace_key', 'SELECT, INSERT');
