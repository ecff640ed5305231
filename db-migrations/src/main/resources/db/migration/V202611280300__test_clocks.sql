-- Test clocks: the business time of a workspace's test mode, which stands still until it is moved. A workspace has several, of which one
-- at most is attached; leases, deadlines and everything else in database time know nothing of them.
CREATE TABLE test_clock (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL DEFAULT false CHECK (NOT livemode),
    name text CHECK (length(name) BETWEEN 1 AND 100),
    shows timestamptz NOT NULL,
    advancing_to timestamptz CHECK (advancing_to >= shows),
    attached boolean NOT NULL DEFAULT false,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, livemode, id)
);
CREATE UNIQUE INDEX test_clock_attached ON test_clock (workspace_id) WHERE attached;
CREATE INDEX test_clock_advancing ON test_clock (id) WHERE advancing_to IS NOT NULL;
COMMENT ON COLUMN test_clock.shows IS 'business time of what it is attached to';
COMMENT ON COLUMN test_clock.advancing_to IS 'set while workers move it there, from one due moment to the next';
SELECT isolate_tenants('test_clock', 'SELECT, INSERT, UPDATE, DELETE');

-- A process that serves many workspaces learns which of them to ask for the time of, and nothing else about them.
CREATE FUNCTION clocked_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT workspace_id FROM test_clock WHERE attached $$;
REVOKE EXECUTE ON FUNCTION clocked_workspaces FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocked_workspaces TO carillon_app, carillon_dispatch;

-- A lane knows its tenant's clock, so that a claim compares each lane with its own time by one column. With a clock, a lane can be claimed
-- from the beginning of time, or not at all, until the clock moves.
ALTER TABLE publication_lane ADD COLUMN clock_at timestamptz;
ALTER TABLE publication_lane ADD COLUMN claimable_from timestamptz GENERATED ALWAYS AS (
    CASE WHEN clock_at IS NULL THEN next_due_at WHEN next_due_at <= clock_at THEN '-infinity'::timestamptz END) STORED;
COMMENT ON COLUMN publication_lane.clock_at IS 'what the test clock of its tenant shows; null where it goes by real time';
DROP INDEX publication_lane_due;
CREATE INDEX publication_lane_claimable ON publication_lane (claimable_from) WHERE claimable_from IS NOT NULL;

CREATE FUNCTION set_clock_at() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    new.clock_at := (SELECT shows FROM test_clock WHERE workspace_id = new.workspace_id AND attached);
    RETURN new;
END $$;
CREATE TRIGGER set_clock_at BEFORE INSERT ON publication_lane
    FOR EACH ROW WHEN (NOT new.livemode) EXECUTE FUNCTION set_clock_at();

-- What is dated by the database is told in the order of the clock all the same.
ALTER TABLE attempt ADD COLUMN clock_at timestamptz;
ALTER TABLE publication_step ADD COLUMN clock_at timestamptz;
COMMENT ON COLUMN attempt.clock_at IS 'what the test clock of its tenant showed at the mark; null where it went by real time';
COMMENT ON COLUMN publication_step.clock_at IS 'what the test clock of its tenant showed; null where it went by real time';
CREATE TRIGGER set_clock_at BEFORE INSERT ON attempt
    FOR EACH ROW WHEN (NOT new.livemode) EXECUTE FUNCTION set_clock_at();
CREATE TRIGGER set_clock_at BEFORE INSERT ON publication_step
    FOR EACH ROW WHEN (NOT new.livemode) EXECUTE FUNCTION set_clock_at();

CREATE INDEX publication_lane_clocked ON publication_lane (workspace_id) WHERE clock_at IS NOT NULL;

-- Brings the lanes of a tenant to its clock, those among them that another transaction made while the clock was being moved. Lanes are
-- locked in the order of their keys, as everybody does who waits for one.
CREATE FUNCTION set_lane_clocks(tenant uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH clock AS (SELECT (SELECT shows FROM test_clock WHERE workspace_id = tenant AND attached) AS at),
    locked AS (
        SELECT lane.lane_key, lane.urgent FROM publication_lane AS lane, clock
        WHERE lane.lane_key IN (SELECT id FROM account WHERE workspace_id = tenant AND NOT livemode)
          AND lane.clock_at IS DISTINCT FROM clock.at
        ORDER BY lane.lane_key, lane.urgent FOR UPDATE OF lane)
    UPDATE publication_lane AS lane SET clock_at = clock.at
    FROM locked, clock WHERE lane.lane_key = locked.lane_key AND lane.urgent = locked.urgent $$;
REVOKE EXECUTE ON FUNCTION set_lane_clocks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_lane_clocks TO carillon_app, carillon_dispatch;

-- What was measured in the one time means nothing in the other: pauses and what was taken from windows are forgotten with the change.
CREATE FUNCTION follow_test_clock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := coalesce(new.workspace_id, old.workspace_id);
    showed timestamptz := CASE WHEN old.attached THEN old.shows END;
    shows_now timestamptz := CASE WHEN new.attached THEN new.shows END;
BEGIN
    IF showed IS NOT DISTINCT FROM shows_now THEN
        RETURN NULL;
    END IF;
    IF showed IS NULL OR shows_now IS NULL OR shows_now < showed THEN
        UPDATE platform_host SET paused_until = NULL, openings = 0, trials = 0, trials_until = NULL
        WHERE host IN (SELECT host FROM account WHERE workspace_id = tenant AND NOT livemode);
        DELETE FROM publish_budget WHERE owner_id IN (
            SELECT id FROM account WHERE workspace_id = tenant AND NOT livemode
            UNION ALL SELECT id FROM platform_app WHERE workspace_id = tenant);
        UPDATE platform_app SET paused_until = NULL WHERE workspace_id = tenant AND paused_until IS NOT NULL;
        PERFORM set_lane_clocks(tenant);
        UPDATE publication_lane SET paused_until = NULL
        WHERE lane_key IN (SELECT id FROM account WHERE workspace_id = tenant AND NOT livemode) AND paused_until IS NOT NULL;
        INSERT INTO publication_hint (workspace_id, livemode, lane_key, urgent, due_at)
        SELECT publication.workspace_id, false, publication.account_id, publication.urgent, min(publication.due_at)
        FROM publication JOIN account ON account.id = publication.account_id
        WHERE account.workspace_id = tenant AND NOT account.livemode
          AND publication.status = 'scheduled' AND publication.lease_until IS NULL
        GROUP BY publication.workspace_id, publication.account_id, publication.urgent;
    ELSE
        PERFORM set_lane_clocks(tenant);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_test_clock AFTER INSERT OR UPDATE OR DELETE ON test_clock
    FOR EACH ROW EXECUTE FUNCTION follow_test_clock();

-- What a clock has due, found without going through other tenants' rows. Rows of live mode are in neither index.
CREATE INDEX publication_test_unsettled ON publication (workspace_id, due_at)
    WHERE NOT livemode AND status IN ('processing', 'outcome_unknown') AND lease_until IS NULL;
CREATE INDEX publication_test_check ON publication (workspace_id, check_at) WHERE NOT livemode AND check_at IS NOT NULL;

-- Who looks whether a post stands has it for a time of the database's; the time of the look stays until its answer is known.
ALTER TABLE publication ADD COLUMN check_lease_until timestamptz;
COMMENT ON COLUMN publication.check_lease_until IS 'database time until which a process has the look of check_at in hand';
COMMENT ON COLUMN publication_lane.next_due_at IS 'business time of its tenant';

-- When access to a played account ends, so that an end can be tried out; the sandbox platform judges it.
ALTER TABLE account ADD COLUMN access_expires_at timestamptz;
COMMENT ON COLUMN account.access_expires_at IS 'business time; null where it is not known, or never';

-- The platform may be told the time of whoever posts. The pages of posts are kept by real time all the same.
ALTER TABLE sandbox.post ADD COLUMN accepted_at timestamptz NOT NULL DEFAULT clock_timestamp();
UPDATE sandbox.post SET accepted_at = created_at;
COMMENT ON COLUMN sandbox.post.created_at IS 'in the time of whoever posted';
