-- Facts. The number is given after the commit by the sequencer; a fact without one is not shown to anybody.
CREATE TABLE event (
    id uuid NOT NULL PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    type text NOT NULL,
    object_id text NOT NULL,
    sequence bigint,
    body text NOT NULL,
    created_at timestamptz NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX event_page ON event (workspace_id, livemode, sequence DESC) WHERE sequence IS NOT NULL;
CREATE INDEX event_unnumbered ON event (workspace_id, livemode, id) WHERE sequence IS NULL;
COMMENT ON COLUMN event.body IS 'the JSON that webhooks carry, rendered once';
SELECT isolate_tenants('event', 'SELECT, INSERT, UPDATE (sequence)');

CREATE TABLE event_sequence (
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    last_number bigint NOT NULL DEFAULT 0,
    fanned_out bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, livemode)
) WITH (fillfactor = 50);
CREATE INDEX event_sequence_behind ON event_sequence (workspace_id, livemode) WHERE fanned_out < last_number;
COMMENT ON COLUMN event_sequence.fanned_out IS 'deliveries exist for every event up to this number';
SELECT isolate_tenants('event_sequence', 'SELECT, INSERT, UPDATE (last_number)');
