-- A page of deliveries begins with what few of them may be, their status or their type, and goes on in the order in which they were made. No other
-- index has that order: of one by id alone the planner thinks that it would soon come by a page of whatever is asked for.
DROP INDEX webhook_delivery_of_endpoint;
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, status, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_of_type ON webhook_delivery (endpoint_id, event_type, created_at DESC, id DESC);

-- A replayed delivery is another claim's than before, so that a try that was lost on the way cannot end it.
ALTER TABLE webhook_delivery ADD COLUMN ended_before timestamptz;
COMMENT ON COLUMN webhook_delivery.ended_before IS 'when it had ended before it was last replayed';
GRANT UPDATE (generation, ended_before) ON webhook_delivery TO carillon_app;

ALTER TABLE webhook_replay
    ADD COLUMN up_to bigint NOT NULL,
    ADD COLUMN restored bigint NOT NULL DEFAULT 0,
    ADD COLUMN settled boolean NOT NULL DEFAULT true,
    ADD COLUMN status_reason text CHECK (status_reason IN ('requested', 'endpoint_disabled', 'endpoint_deleted'));
COMMENT ON COLUMN webhook_replay.up_to IS 'the number of the last event that it may reach; later ones are delivered anyway';
COMMENT ON COLUMN webhook_replay.restored IS 'deliveries that went back to what they were when it was canceled';
COMMENT ON COLUMN webhook_replay.settled IS 'whether nothing is left to be taken back';
COMMENT ON COLUMN webhook_replay.status_reason IS 'why it was canceled';
GRANT UPDATE (status_reason, restored, settled, next_at) ON webhook_replay TO carillon_app;
CREATE UNIQUE INDEX webhook_replay_one_at_a_time ON webhook_replay (endpoint_id) WHERE status = 'running';
DROP INDEX webhook_replay_running;
CREATE INDEX webhook_replay_open ON webhook_replay (next_at) WHERE status = 'running' OR NOT settled;
