-- Lanes and dispatch hints. A lane says when the next work of one account or endpoint is due. Lanes summarize the work tables: hints that are
-- committed with the work update them, and a sweep repairs them. So creating work never locks a lane. Urgent work has a lane of its own, so
-- that it does not wait behind the account's backlog.

-- A lane has a copy of its tenant's test clock, so that a claim compares each lane with its own time by one column. With a test clock, a lane
-- can be claimed from the beginning of time, or not at all until the clock advances.
CREATE TABLE publication_lane (
    lane_key uuid NOT NULL,
    urgent boolean NOT NULL DEFAULT false,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    next_due_at timestamptz,
    clock_at timestamptz,
    claimable_from timestamptz GENERATED ALWAYS AS (
        CASE WHEN clock_at IS NULL THEN next_due_at WHEN next_due_at <= clock_at THEN '-infinity'::timestamptz END) STORED,
    paused_until timestamptz,
    last_served_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (lane_key, urgent)
) WITH (fillfactor = 70);
CREATE INDEX publication_lane_claimable ON publication_lane (claimable_from) WHERE claimable_from IS NOT NULL;
CREATE INDEX publication_lane_clocked ON publication_lane (workspace_id) WHERE clock_at IS NOT NULL;
CREATE TRIGGER set_clock_at BEFORE INSERT ON publication_lane
    FOR EACH ROW WHEN (NOT new.livemode) EXECUTE FUNCTION set_clock_at();
COMMENT ON COLUMN publication_lane.next_due_at IS 'business time of its tenant';
COMMENT ON COLUMN publication_lane.clock_at IS 'time of its tenant''s test clock; null in real time';
SELECT isolate_tenants('publication_lane', '');

-- Hints are many and short-lived, so autovacuum runs early on them.
CREATE TABLE publication_hint (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    lane_key uuid NOT NULL,
    urgent boolean NOT NULL DEFAULT false,
    due_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000);
SELECT isolate_tenants('publication_hint', 'INSERT');

CREATE TABLE delivery_lane (
    lane_key uuid NOT NULL,
    urgent boolean NOT NULL DEFAULT false,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    next_due_at timestamptz,
    paused_until timestamptz,
    last_served_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (lane_key, urgent)
) WITH (fillfactor = 70);
CREATE INDEX delivery_lane_due ON delivery_lane (next_due_at) WHERE next_due_at IS NOT NULL;
-- A caller that enables an endpoint ends the pause of its lane.
SELECT isolate_tenants('delivery_lane', 'SELECT, UPDATE (paused_until)');

CREATE TABLE delivery_hint (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    lane_key uuid NOT NULL,
    urgent boolean NOT NULL DEFAULT false,
    due_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000);
SELECT isolate_tenants('delivery_hint', 'INSERT');

-- Until when the platform app, the identity or the host of an account pauses its lanes; no row for an account that none of them pauses.
CREATE VIEW publication_lane_pause WITH (security_invoker = true) AS
    SELECT account.id AS lane_key, greatest(app.paused_until, identity.paused_until, host.paused_until) AS paused_until
    FROM account
    JOIN platform_app AS app ON app.id = account.platform_app_id
    LEFT JOIN platform_identity AS identity ON identity.id = account.platform_identity_id
    LEFT JOIN platform_host AS host ON host.host = account.host
    WHERE greatest(app.paused_until, identity.paused_until, host.paused_until) IS NOT NULL;
GRANT SELECT ON publication_lane_pause TO carillon_dispatch;
