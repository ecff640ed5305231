-- Costs that are held for publications, and the meter events that are reported to Stripe.

-- The cost of a publication, held from its acceptance until its outcome is known.
CREATE TABLE spend_reservation (
    publication_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    amount_micros bigint NOT NULL CHECK (amount_micros >= 0),
    currency text NOT NULL,
    state text NOT NULL CHECK (state IN ('reserved', 'settled', 'released')),
    reserved_at timestamptz NOT NULL,
    closed_at timestamptz,
    FOREIGN KEY (workspace_id, livemode, publication_id) REFERENCES publication (workspace_id, livemode, id)
) WITH (fillfactor = 85);
CREATE INDEX spend_reservation_open ON spend_reservation (workspace_id, livemode) INCLUDE (amount_micros, currency) WHERE state = 'reserved';
-- A thread may lose parts before it is sent; their reservations are deleted with them.
SELECT isolate_tenants('spend_reservation', 'SELECT, INSERT, UPDATE, DELETE');

-- One publication that counts as usage: at most one row per publication and meter, also across partitions, because the table is partitioned by
-- the publication's id.
CREATE TABLE meter_event (
    publication_id uuid NOT NULL,
    meter text NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    account_id uuid NOT NULL,
    api_key_id uuid,
    platform text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    amount_micros bigint NOT NULL CHECK (amount_micros >= 0),
    currency text NOT NULL,
    occurred_at timestamptz NOT NULL,
    report_started_at timestamptz,
    reported_at timestamptz,
    PRIMARY KEY (publication_id, meter)
) PARTITION BY RANGE (publication_id);
CREATE INDEX meter_event_time ON meter_event (workspace_id, livemode, occurred_at);
CREATE INDEX meter_event_unreported ON meter_event (occurred_at) WHERE reported_at IS NULL AND livemode;
COMMENT ON COLUMN meter_event.report_started_at IS 'start of the first report whose outcome is unknown, committed before the call; null if none was sent, or Stripe certainly did not accept it. Stripe recognizes duplicates for a day only, so a report is repeated only that long';
-- A person who resolves an unknown outcome as published counts the publication.
SELECT isolate_tenants('meter_event', 'SELECT, INSERT');
