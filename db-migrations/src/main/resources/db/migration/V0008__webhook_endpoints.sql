-- Webhook endpoints, the secrets of post callbacks, and the mails about endpoints that fail.

-- A URL that receives events. A post callback is a hidden endpoint: there is one per address, no list shows it, and its deliveries are
-- signed with the secret that the workspace has per mode (callback_secret). The columns about health change only while an endpoint fails,
-- so a healthy one costs no writes.
CREATE TABLE webhook_endpoint (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    kind text NOT NULL DEFAULT 'endpoint' CHECK (kind IN ('endpoint', 'post_callback')),
    url text NOT NULL,
    host text NOT NULL GENERATED ALWAYS AS (substring(url FROM '^https?://([^/?#]+)')) STORED,
    events text[] NOT NULL,
    api_version text NOT NULL DEFAULT '2026-11-28',
    max_per_second integer CHECK (max_per_second BETWEEN 1 AND 1000),
    header_names text[] NOT NULL DEFAULT '{}',
    sealed_headers bytea,
    sealed_secret bytea,
    sealed_previous_secret bytea,
    public_key text,
    sealed_signing_key bytea,
    sealed_previous_signing_key bytea,
    previous_secret_until timestamptz,
    status text NOT NULL CHECK (status IN ('enabled', 'disabled', 'deleted')),
    status_reason text CHECK (status_reason IN ('gone', 'failing', 'requested')),
    disabled_at timestamptz,
    failing_since timestamptz,
    failures integer NOT NULL DEFAULT 0,
    warnings integer NOT NULL DEFAULT 0,
    busy_answers integer NOT NULL DEFAULT 0,
    probing boolean NOT NULL DEFAULT false,
    probes integer NOT NULL DEFAULT 0,
    paused_until timestamptz,
    description text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    UNIQUE (workspace_id, livemode, id),
    CHECK ((public_key IS NULL) = (sealed_signing_key IS NULL)),
    CHECK ((cardinality(header_names) = 0) = (sealed_headers IS NULL)),
    CHECK (kind = 'post_callback' OR sealed_secret IS NOT NULL)
);
CREATE UNIQUE INDEX webhook_endpoint_callback ON webhook_endpoint (workspace_id, livemode, url) WHERE kind = 'post_callback';
-- There may be many callbacks, which lists and the fan-out of the workspace's endpoints skip.
CREATE INDEX webhook_endpoint_page ON webhook_endpoint (workspace_id, livemode, id DESC) WHERE status <> 'deleted' AND kind = 'endpoint';
COMMENT ON COLUMN webhook_endpoint.events IS 'event types; * for all, post.* for all of one object';
COMMENT ON COLUMN webhook_endpoint.max_per_second IS 'rate limit of its deliveries; null for none';
COMMENT ON COLUMN webhook_endpoint.sealed_headers IS 'a JSON object of names and values; sealed because values may be secrets';
COMMENT ON COLUMN webhook_endpoint.public_key IS 'whpk_...: verifies v1a signatures';
COMMENT ON COLUMN webhook_endpoint.previous_secret_until IS 'database time until which deliveries are also signed with the previous keys';
COMMENT ON COLUMN webhook_endpoint.failing_since IS 'when the first attempt failed after the last success; null while the endpoint is healthy';
COMMENT ON COLUMN webhook_endpoint.failures IS 'attempts that have failed since then';
COMMENT ON COLUMN webhook_endpoint.warnings IS 'warnings that this series of failures has caused';
COMMENT ON COLUMN webhook_endpoint.busy_answers IS 'answers in a row that said it is overloaded: one says nothing about the other deliveries that wait, several do; requests that were sent before a pause count as one';
COMMENT ON COLUMN webhook_endpoint.probing IS 'so many attempts failed that it gets one delivery at a time, until one succeeds';
COMMENT ON COLUMN webhook_endpoint.probes IS 'probes that have failed since probing started';
COMMENT ON COLUMN webhook_endpoint.paused_until IS 'nothing is sent until then, because it asked for a pause or its next probe is not due; deliveries that were claimed earlier go back without an attempt';
SELECT isolate_tenants('webhook_endpoint', 'SELECT, INSERT, UPDATE');

CREATE TABLE callback_secret (
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    sealed_secret bytea NOT NULL,
    sealed_previous_secret bytea,
    previous_secret_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    rotated_at timestamptz,
    PRIMARY KEY (workspace_id, livemode)
);
SELECT isolate_tenants('callback_secret', 'SELECT, INSERT, UPDATE');

-- A mail to send to the people of a workspace about one of its endpoints. The row stays until the mail server has accepted the mail for every
-- recipient; after each failure the next try waits longer.
CREATE TABLE webhook_notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    endpoint_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('failing', 'disabled', 'recovered')),
    failing_since timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    told uuid[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (workspace_id, livemode, endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id)
);
CREATE INDEX webhook_notice_next ON webhook_notice (next_at);
COMMENT ON COLUMN webhook_notice.told IS 'users for whom the mail server has accepted the mail';
SELECT isolate_tenants('webhook_notice', '');
