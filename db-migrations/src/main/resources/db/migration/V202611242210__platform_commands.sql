-- Errands: what callers want done on a platform beside publishing. The API writes the row and waits for its end with a bound, a worker
-- takes it. Rare, so that no lane is needed; times are the database's.
CREATE TABLE platform_command (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    publication_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('reconcile', 'delete')),
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until timestamptz,
    generation bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    failure jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    FOREIGN KEY (workspace_id, livemode, publication_id) REFERENCES publication (workspace_id, livemode, id)
);
-- Who asks for what is under way already joins it.
CREATE UNIQUE INDEX platform_command_open ON platform_command (publication_id, kind) WHERE ended_at IS NULL;
CREATE INDEX platform_command_due ON platform_command (due_at) WHERE ended_at IS NULL;
CREATE INDEX platform_command_ended ON platform_command (ended_at) WHERE ended_at IS NOT NULL;
COMMENT ON COLUMN platform_command.generation IS 'raised by every claim; a write that names an older one is refused';
COMMENT ON COLUMN platform_command.failure IS 'of the last try; beside ended_at, why it was given up';
SELECT isolate_tenants('platform_command', 'SELECT, INSERT, UPDATE');

-- What frees a doubt because the platform still recognises a repetition holds only while it does.
ALTER TABLE publication ADD COLUMN repeat_until timestamptz;
CREATE INDEX publication_repeating ON publication (repeat_until) WHERE repeat_until IS NOT NULL AND status = 'scheduled';
COMMENT ON COLUMN publication.repeat_until IS 'database time after which it may not be sent again without asking first, because the platform has then forgotten the key of the attempt in doubt; null where nothing is in doubt, or keys are kept for good';
COMMENT ON COLUMN publication.look_ups IS 'how often the platform was asked since the outcome became unknown; once published, how often it did not answer whether the post stands';

-- Somebody who says what became of a publication closes its attempt and, when it is out, counts it.
GRANT UPDATE (ended_at, outcome) ON attempt TO carillon_app;
GRANT INSERT ON meter_event TO carillon_app;
