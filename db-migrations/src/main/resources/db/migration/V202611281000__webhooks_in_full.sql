-- What an endpoint is sent beside the event, how fast, and in whose name.
ALTER TABLE webhook_endpoint
    ADD COLUMN api_version text NOT NULL DEFAULT '2026-11-28',
    ADD COLUMN header_names text[] NOT NULL DEFAULT '{}',
    ADD COLUMN sealed_headers bytea,
    ADD COLUMN max_per_second integer CHECK (max_per_second BETWEEN 1 AND 1000),
    ADD COLUMN sealed_previous_secret bytea,
    ADD COLUMN previous_secret_until timestamptz,
    ADD COLUMN public_key text,
    ADD COLUMN sealed_signing_key bytea,
    ADD COLUMN sealed_previous_signing_key bytea,
    ADD CHECK ((public_key IS NULL) = (sealed_signing_key IS NULL)),
    ADD CHECK ((cardinality(header_names) = 0) = (sealed_headers IS NULL));
COMMENT ON COLUMN webhook_endpoint.sealed_headers IS 'a JSON object of names and values; values may be secrets';
COMMENT ON COLUMN webhook_endpoint.max_per_second IS 'deliveries a second at most; null for no bound of its own';
COMMENT ON COLUMN webhook_endpoint.previous_secret_until IS 'database time until which the keys before are signed with as well';
COMMENT ON COLUMN webhook_endpoint.public_key IS 'whpk_...: whoever gets v1a signatures checks them with it';

-- How it is. Who delivers well writes none of this.
ALTER TABLE webhook_endpoint
    ADD COLUMN status_reason text CHECK (status_reason IN ('gone', 'failing', 'requested')),
    ADD COLUMN disabled_at timestamptz,
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN failures integer NOT NULL DEFAULT 0,
    ADD COLUMN warnings integer NOT NULL DEFAULT 0,
    ADD COLUMN probing boolean NOT NULL DEFAULT false;
UPDATE webhook_endpoint SET status_reason = 'gone' WHERE status = 'disabled';
COMMENT ON COLUMN webhook_endpoint.failing_since IS 'when the first try failed after the last that did not; null while all is well';
COMMENT ON COLUMN webhook_endpoint.failures IS 'attempts that failed since then';
COMMENT ON COLUMN webhook_endpoint.warnings IS 'how many warnings this row of failures has led to';
COMMENT ON COLUMN webhook_endpoint.probing IS 'so many attempts failed that one delivery at a time shows whether it is back';

-- What people are to be told of an endpoint by mail. A row stays until the mail server has taken the mail.
CREATE TABLE webhook_notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    endpoint_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('failing', 'disabled', 'recovered')),
    failing_since timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (workspace_id, livemode, endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id)
);
SELECT isolate_tenants('webhook_notice', '');

-- A post's own address: an endpoint that no list shows, one per address, signed with a secret that a workspace has per mode.
ALTER TABLE webhook_endpoint ALTER COLUMN sealed_secret DROP NOT NULL,
    ADD CHECK (kind = 'post_callback' OR sealed_secret IS NOT NULL);
CREATE UNIQUE INDEX webhook_endpoint_callback ON webhook_endpoint (workspace_id, livemode, url) WHERE kind = 'post_callback';
-- There may be many callbacks, and lists and fan-out have no look at them.
DROP INDEX webhook_endpoint_page;
CREATE INDEX webhook_endpoint_page ON webhook_endpoint (workspace_id, livemode, id DESC) WHERE status <> 'deleted' AND kind = 'endpoint';
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
ALTER TABLE post ADD COLUMN callback_endpoint_id uuid,
    ADD FOREIGN KEY (workspace_id, livemode, callback_endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id);
COMMENT ON COLUMN post.callback_endpoint_id IS 'where its own events go, beside the workspace''s endpoints';

-- What a try came to, to the byte and the millisecond.
ALTER TABLE webhook_attempt
    ADD COLUMN dns_ms integer,
    ADD COLUMN connect_ms integer,
    ADD COLUMN tls_ms integer,
    ADD COLUMN first_byte_ms integer,
    ADD COLUMN error text,
    ADD COLUMN replay boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN webhook_attempt.error IS 'why no answer came, for people';
COMMENT ON COLUMN webhook_attempt.replay IS 'somebody asked for it; it says nothing about the endpoint''s health';

-- A delivery that is sent again because somebody asked for it. Its retries begin anew after the attempts it had.
ALTER TABLE webhook_delivery
    ADD COLUMN replayed_after integer,
    ADD COLUMN replay_id uuid,
    ADD COLUMN status_before text;
COMMENT ON COLUMN webhook_delivery.replayed_after IS 'attempts it had when it was last replayed; null when it never was';
COMMENT ON COLUMN webhook_delivery.replay_id IS 'the replay of many that it was last part of';
COMMENT ON COLUMN webhook_delivery.status_before IS 'what it goes back to when its replay is canceled before its turn';
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, id DESC);
CREATE INDEX webhook_delivery_of_replay ON webhook_delivery (replay_id, status) WHERE replay_id IS NOT NULL;
GRANT INSERT, UPDATE (due_at, replayed_after, replay_id, status_before) ON webhook_delivery TO carillon_app;
GRANT INSERT ON delivery_hint TO carillon_app;
-- Who enables an endpoint ends the pause of its lane.
GRANT SELECT, UPDATE (paused_until) ON delivery_lane TO carillon_app;

-- Many events sent to an endpoint again, some a second.
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
    total bigint NOT NULL,
    queued bigint NOT NULL DEFAULT 0,
    reached bigint NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id)
);
CREATE INDEX webhook_replay_page ON webhook_replay (endpoint_id, id DESC);
CREATE INDEX webhook_replay_running ON webhook_replay (next_at) WHERE status = 'running';
COMMENT ON COLUMN webhook_replay.scope IS 'failed: deliveries that failed or were skipped; all: every event that fits, whether or not it was ever delivered';
COMMENT ON COLUMN webhook_replay.reached IS 'the number of the last event that was looked at';
SELECT isolate_tenants('webhook_replay', 'SELECT, INSERT, UPDATE (status, ended_at)');
