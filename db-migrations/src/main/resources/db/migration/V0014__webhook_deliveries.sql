-- Webhook deliveries, their attempts, and replays.

-- One event for one endpoint. A replay sends the same delivery again, with a new generation, so that a late result of an older attempt cannot
-- end it. Its retries are then counted from the start again.
CREATE TABLE webhook_delivery (
    event_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    event_type text NOT NULL,
    status text NOT NULL CHECK (status IN ('scheduled', 'delivered', 'failed', 'skipped')),
    urgent boolean NOT NULL DEFAULT false,
    due_at timestamptz NOT NULL,
    claimed_at timestamptz,
    lease_until timestamptz,
    generation bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    replay_id uuid,
    replayed_after integer,
    status_before text,
    ended_before timestamptz,
    PRIMARY KEY (event_id, endpoint_id),
    FOREIGN KEY (workspace_id, livemode, endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id)
) PARTITION BY RANGE (event_id);
CREATE INDEX webhook_delivery_id ON webhook_delivery (id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, urgent, due_at) WHERE status = 'scheduled' AND lease_until IS NULL;
CREATE INDEX webhook_delivery_leased ON webhook_delivery (workspace_id, livemode, lease_until) WHERE lease_until IS NOT NULL;
-- Failed deliveries are few, and are counted by tenant and time.
CREATE INDEX webhook_delivery_failed ON webhook_delivery (workspace_id, livemode, ended_at) WHERE status = 'failed';
CREATE INDEX webhook_delivery_of_replay ON webhook_delivery (replay_id, status) WHERE replay_id IS NOT NULL;
-- A page of deliveries starts from the most selective filter, the status or the type, and continues in the order of creation. No other index
-- has that order: with an index by id alone, the planner expects to find a page of any status or type soon, and scans far too much.
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, status, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_of_type ON webhook_delivery (endpoint_id, event_type, created_at DESC, id DESC);
COMMENT ON COLUMN webhook_delivery.claimed_at IS 'database time of the latest claim';
COMMENT ON COLUMN webhook_delivery.replay_id IS 'the latest replay of many deliveries that queued it';
COMMENT ON COLUMN webhook_delivery.replayed_after IS 'number of attempts before its latest replay; null if it was never replayed';
COMMENT ON COLUMN webhook_delivery.status_before IS 'the status that it returns to if its replay is canceled before it is sent';
COMMENT ON COLUMN webhook_delivery.ended_before IS 'its ended_at before its latest replay';
-- The API removes an endpoint together with the deliveries that wait for it, and replays deliveries.
SELECT isolate_tenants('webhook_delivery',
    'SELECT, INSERT, UPDATE (status, ended_at, due_at, generation, replay_id, replayed_after, status_before, ended_before)');

-- One request of a delivery to its endpoint.
CREATE TABLE webhook_attempt (
    event_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    number integer NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    replay boolean NOT NULL DEFAULT false,
    started_at timestamptz NOT NULL,
    outcome text NOT NULL,
    status_code integer,
    error text,
    dns_ms integer,
    connect_ms integer,
    tls_ms integer,
    first_byte_ms integer,
    duration_ms integer NOT NULL,
    reply text,
    PRIMARY KEY (event_id, endpoint_id, number)
) PARTITION BY RANGE (event_id);
COMMENT ON COLUMN webhook_attempt.replay IS 'a caller requested it; it does not count for the endpoint''s health';
COMMENT ON COLUMN webhook_attempt.error IS 'why there was no response, as text for people';
COMMENT ON COLUMN webhook_attempt.reply IS 'the first 4 KB of the response';
SELECT isolate_tenants('webhook_attempt', 'SELECT');

-- A replay of many events to one endpoint, in paced steps. The row is its cursor.
CREATE TABLE webhook_replay (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    endpoint_id uuid NOT NULL,
    scope text NOT NULL CHECK (scope IN ('failed', 'all')),
    events text[] NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    per_second integer NOT NULL CHECK (per_second BETWEEN 1 AND 1000),
    status text NOT NULL CHECK (status IN ('running', 'done', 'canceled')),
    status_reason text CHECK (status_reason IN ('requested', 'endpoint_disabled', 'endpoint_deleted')),
    total bigint NOT NULL,
    queued bigint NOT NULL DEFAULT 0,
    restored bigint NOT NULL DEFAULT 0,
    reached bigint NOT NULL DEFAULT 0,
    up_to bigint NOT NULL,
    settled boolean NOT NULL DEFAULT true,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id)
);
CREATE INDEX webhook_replay_page ON webhook_replay (endpoint_id, id DESC);
CREATE UNIQUE INDEX webhook_replay_one_at_a_time ON webhook_replay (endpoint_id) WHERE status = 'running';
CREATE INDEX webhook_replay_open ON webhook_replay (next_at) WHERE status = 'running' OR NOT settled;
COMMENT ON COLUMN webhook_replay.scope IS 'failed: deliveries that failed or were skipped; all: every event that matches, whether or not it was ever delivered';
COMMENT ON COLUMN webhook_replay.status_reason IS 'why it was canceled';
COMMENT ON COLUMN webhook_replay.restored IS 'deliveries that returned to their earlier status when it was canceled';
COMMENT ON COLUMN webhook_replay.reached IS 'number of the last event that was examined';
COMMENT ON COLUMN webhook_replay.up_to IS 'number of the last event that belongs to it; later ones are delivered anyway';
COMMENT ON COLUMN webhook_replay.settled IS 'whether no delivery is left to restore';
SELECT isolate_tenants('webhook_replay', 'SELECT, INSERT, UPDATE (status, status_reason, restored, settled, next_at, ended_at)');
