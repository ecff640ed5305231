-- Urgent work has lanes of its own, so that what somebody wants out now does not stand behind a backlog of the same account.
ALTER TABLE publication ADD COLUMN urgent boolean NOT NULL DEFAULT false;
ALTER TABLE publication ADD COLUMN claimed_at timestamptz;
ALTER TABLE publication_hint ADD COLUMN urgent boolean NOT NULL DEFAULT false;
ALTER TABLE publication_lane ADD COLUMN urgent boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT publication_lane_pkey, ADD PRIMARY KEY (lane_key, urgent);
ALTER TABLE webhook_delivery ADD COLUMN urgent boolean NOT NULL DEFAULT false;
ALTER TABLE webhook_delivery ADD COLUMN claimed_at timestamptz;
ALTER TABLE delivery_hint ADD COLUMN urgent boolean NOT NULL DEFAULT false;
ALTER TABLE delivery_lane ADD COLUMN urgent boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT delivery_lane_pkey, ADD PRIMARY KEY (lane_key, urgent);
COMMENT ON COLUMN publication.urgent IS 'asked for "now": taken from the dispatcher''s reserve, in a lane of its own';
COMMENT ON COLUMN publication.claimed_at IS 'database time of the newest claim';
COMMENT ON COLUMN webhook_delivery.claimed_at IS 'database time of the newest claim';

-- A publication passes through three updates, and each of them writes every index whose columns or condition it touches. So there are
-- few: one index serves what is leased, and what waits on an account is found through what is due, leased or held.
DROP INDEX publication_due, publication_leased, publication_in_flight, publication_waiting;
CREATE INDEX publication_due ON publication (account_id, urgent, due_at) WHERE status = 'scheduled' AND lease_until IS NULL;
CREATE INDEX publication_leased ON publication (workspace_id, livemode, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX publication_held ON publication (account_id) WHERE status = 'held';
DROP INDEX webhook_delivery_due, webhook_delivery_leased, webhook_delivery_in_flight;
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, urgent, due_at) WHERE status = 'scheduled' AND lease_until IS NULL;
CREATE INDEX webhook_delivery_leased ON webhook_delivery (workspace_id, livemode, lease_until) WHERE lease_until IS NOT NULL;
-- The unique key of the same columns, read backwards, gives the same pages.
DROP INDEX post_page;

-- Doubt is asked about by a schedule, and a success is looked at once more.
ALTER TABLE publication ADD COLUMN look_ups integer NOT NULL DEFAULT 0;
ALTER TABLE publication ADD COLUMN check_at timestamptz;
ALTER TABLE publication ADD COLUMN vanished_at timestamptz;
ALTER TABLE publication ADD COLUMN deleted_at timestamptz;
CREATE INDEX publication_to_check ON publication (check_at) WHERE check_at IS NOT NULL;
COMMENT ON COLUMN publication.look_ups IS 'how often the platform was asked since the outcome became unknown';
COMMENT ON COLUMN publication.check_at IS 'business time of the look that follows a success; null once it was taken';
COMMENT ON COLUMN publication.vanished_at IS 'when that look found nothing any more';
COMMENT ON COLUMN publication.deleted_at IS 'when the platform deleted it at the caller''s wish';

ALTER TABLE attempt ADD COLUMN claimed_at timestamptz;
ALTER TABLE attempt ADD COLUMN worker text;
ALTER TABLE attempt ADD COLUMN call_until timestamptz;
COMMENT ON COLUMN attempt.worker IS 'the process that made it';
COMMENT ON COLUMN attempt.call_until IS 'database time after which this attempt writes nothing more to the platform';

-- What happened to a publication beside its attempts. Rare facts only: a publication that goes well has none.
CREATE TABLE publication_step (
    publication_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    kind text NOT NULL,
    generation bigint NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (publication_id, id),
    FOREIGN KEY (workspace_id, livemode, publication_id) REFERENCES publication (workspace_id, livemode, id)
);
COMMENT ON COLUMN publication_step.at IS 'database time';
SELECT isolate_tenants('publication_step', 'SELECT, INSERT');

-- Who shares trouble: accounts on one host, of one app, of one identity. A pause of any of them is a pause of the account's lanes.
-- Test mode plays every platform for each workspace alone, so that no workspace's faults reach another one.
ALTER TABLE account ADD COLUMN host text NOT NULL GENERATED ALWAYS AS (
    CASE WHEN livemode THEN platform || coalesce(':' || substring(service_url FROM '^https?://([^/]+)'), '')
         ELSE 'test:' || platform || ':' || workspace_id::text END) STORED;
ALTER TABLE webhook_endpoint ADD COLUMN host text NOT NULL GENERATED ALWAYS AS (substring(url FROM '^https?://([^/?#]+)')) STORED;
CREATE TABLE platform_host (
    host text PRIMARY KEY,
    paused_until timestamptz
);
GRANT SELECT, INSERT, UPDATE ON platform_host TO carillon_dispatch;
CREATE INDEX platform_app_paused ON platform_app (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX platform_identity_paused ON platform_identity (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX platform_host_paused ON platform_host (paused_until) WHERE paused_until IS NOT NULL;

-- Until when a lane is stopped by a pause that is not its own; no row for one that nothing stops.
CREATE VIEW publication_lane_pause WITH (security_invoker = true) AS
    SELECT account.id AS lane_key, greatest(app.paused_until, identity.paused_until, host.paused_until) AS paused_until
    FROM account
    JOIN platform_app AS app ON app.id = account.platform_app_id
    LEFT JOIN platform_identity AS identity ON identity.id = account.platform_identity_id
    LEFT JOIN platform_host AS host ON host.host = account.host
    WHERE greatest(app.paused_until, identity.paused_until, host.paused_until) IS NOT NULL;
GRANT SELECT ON publication_lane_pause TO carillon_dispatch;
