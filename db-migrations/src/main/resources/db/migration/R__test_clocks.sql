-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- The workspaces with an attached test clock, for a process that serves many workspaces. It learns whose time it must look up, and nothing
-- else about them.
CREATE OR REPLACE FUNCTION clocked_workspaces() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT workspace_id FROM test_clock WHERE attached $$;

-- Sets the lanes of a tenant to its test clock, including lanes that another transaction created while the clock was being advanced. Lanes
-- are locked in the order of their keys, as by every transaction that waits for lanes.
CREATE OR REPLACE FUNCTION set_lane_clocks(tenant uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH clock AS (SELECT (SELECT shows FROM test_clock WHERE workspace_id = tenant AND attached) AS at),
    locked AS (
        SELECT lane.lane_key, lane.urgent FROM publication_lane AS lane, clock
        WHERE lane.lane_key IN (SELECT id FROM account WHERE workspace_id = tenant AND NOT livemode)
          AND lane.clock_at IS DISTINCT FROM clock.at
        ORDER BY lane.lane_key, lane.urgent FOR UPDATE OF lane)
    UPDATE publication_lane AS lane SET clock_at = clock.at
    FROM locked, clock WHERE lane.lane_key = locked.lane_key AND lane.urgent = locked.urgent $$;

REVOKE EXECUTE ON FUNCTION clocked_workspaces, set_lane_clocks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocked_workspaces, set_lane_clocks TO carillon_app, carillon_dispatch;
