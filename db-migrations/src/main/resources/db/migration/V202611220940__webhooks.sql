CREATE TABLE webhook_endpoint (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    kind text NOT NULL DEFAULT 'endpoint' CHECK (kind IN ('endpoint', 'post_callback')),
    url text NOT NULL,
    events text[] NOT NULL,
    sealed_secret bytea NOT NULL,
    status text NOT NULL CHECK (status IN ('enabled', 'disabled', 'deleted')),
    description text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    UNIQUE (workspace_id, livemode, id)
);
CREATE INDEX webhook_endpoint_page ON webhook_endpoint (workspace_id, livemode, id DESC) WHERE status <> 'deleted';
COMMENT ON COLUMN webhook_endpoint.events IS 'event types, * for all, post.* for all of one object';
SELECT isolate_tenants('webhook_endpoint', 'SELECT, INSERT, UPDATE');

CREATE TABLE webhook_delivery (
    event_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    event_type text NOT NULL,
    status text NOT NULL CHECK (status IN ('scheduled', 'delivered', 'failed', 'skipped')),
    due_at timestamptz NOT NULL,
    lease_until timestamptz,
    generation bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (event_id, endpoint_id),
    FOREIGN KEY (workspace_id, livemode, endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id)
) PARTITION BY RANGE (event_id) ;
CREATE INDEX webhook_delivery_id ON webhook_delivery (id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at) WHERE status = 'scheduled' AND lease_until IS NULL;
CREATE INDEX webhook_delivery_leased ON webhook_delivery (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX webhook_delivery_in_flight ON webhook_delivery (workspace_id, livemode) WHERE lease_until IS NOT NULL;
SELECT isolate_tenants('webhook_delivery', 'SELECT');

CREATE TABLE webhook_attempt (
    event_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    number integer NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    started_at timestamptz NOT NULL,
    outcome text NOT NULL,
    status_code integer,
    duration_ms integer NOT NULL,
    reply text,
    PRIMARY KEY (event_id, endpoint_id, number)
) PARTITION BY RANGE (event_id);
COMMENT ON COLUMN webhook_attempt.reply IS 'the first 4 KB of the receiver''s answer';
SELECT isolate_tenants('webhook_attempt', 'SELECT');
