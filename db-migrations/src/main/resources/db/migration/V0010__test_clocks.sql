-- Test clocks: the business time of a workspace's test mode, which stops until a caller advances it. A workspace may have several, of which
-- at most one is attached. Leases, deadlines and everything else in database time do not follow a test clock.
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
COMMENT ON COLUMN test_clock.shows IS 'the business time of the tenant that it is attached to';
COMMENT ON COLUMN test_clock.advancing_to IS 'set while workers advance it to this time, from one due time to the next';
SELECT isolate_tenants('test_clock', 'SELECT, INSERT, UPDATE, DELETE');

-- Sets clock_at of a new test row to the time of its tenant's clock. Triggers of publication_lane, attempt and publication_step use it.
CREATE FUNCTION set_clock_at() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    new.clock_at := (SELECT shows FROM test_clock WHERE workspace_id = new.workspace_id AND attached);
    RETURN new;
END $$;

-- Applies a change of the attached clock to its tenant's lanes. If the tenant changes between real time and a clock, or its clock goes
-- back, times of the one scale mean nothing on the other: pauses, breakers and the use of publish windows are reset, and hints make the
-- dispatcher look at all scheduled work again. Otherwise the lanes only follow the clock (set_lane_clocks, in R__test_clocks.sql).
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
