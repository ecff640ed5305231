-- The event log. An event is an immutable fact, stored in the transaction that made it true. It gets its number after the commit
-- (number_events, in R__event_numbers.sql), and is shown to callers only once it has one.
CREATE TABLE event (
    id uuid NOT NULL PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    type text NOT NULL,
    object_id text NOT NULL,
    post_id text,
    sequence bigint,
    body text NOT NULL,
    created_at timestamptz NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX event_page ON event (workspace_id, livemode, sequence DESC) WHERE sequence IS NOT NULL;
CREATE INDEX event_unnumbered ON event (workspace_id, livemode, id) WHERE sequence IS NULL;
-- The log is read by type, by object and by post. These indexes contain only events with a number, so writing an event costs nothing for them.
CREATE INDEX event_type ON event (workspace_id, livemode, type, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX event_object ON event (object_id, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX event_post ON event (post_id, sequence) WHERE sequence IS NOT NULL AND post_id IS NOT NULL;
COMMENT ON COLUMN event.post_id IS 'public id of the post that it belongs to, also if it is about a publication';
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
