-- Lanes: one row per account or endpoint says when its next work is due. They are a digest of the work tables, rebuilt from hints that
-- are committed with the work, and repaired by a sweep; creating work never locks a lane.
CREATE TABLE publication_lane (
    lane_key uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    next_due_at timestamptz,
    last_served_at timestamptz NOT NULL DEFAULT '-infinity',
    paused_until timestamptz
) WITH (fillfactor = 70);
CREATE INDEX publication_lane_due ON publication_lane (next_due_at) WHERE next_due_at IS NOT NULL;
SELECT isolate_tenants('publication_lane', '');
CREATE TABLE publication_hint (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    lane_key uuid NOT NULL,
    due_at timestamptz NOT NULL
);
SELECT isolate_tenants('publication_hint', 'INSERT');

CREATE TABLE delivery_lane (LIKE publication_lane INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (lane_key)) WITH (fillfactor = 70);
CREATE INDEX delivery_lane_due ON delivery_lane (next_due_at) WHERE next_due_at IS NOT NULL;
SELECT isolate_tenants('delivery_lane', '');
CREATE TABLE delivery_hint (LIKE publication_hint INCLUDING ALL);
SELECT isolate_tenants('delivery_hint', '');
ALTER TABLE publication_hint SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000);
ALTER TABLE delivery_hint SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000);
