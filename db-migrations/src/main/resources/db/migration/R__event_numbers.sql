-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- Numbers the committed events of one tenant in the order of their ids, and returns how many; what commits later gets later numbers. The lock
-- is taken before the statement that reads, which therefore sees everything that the previous holder of the lock numbered. If no event waits,
-- nothing is locked; an event whose number is not committed yet still counts as waiting.
CREATE OR REPLACE FUNCTION number_events(of_workspace uuid, of_livemode boolean, lock_name text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    numbered integer;
BEGIN
    IF NOT EXISTS (SELECT FROM event WHERE workspace_id = of_workspace AND livemode = of_livemode AND sequence IS NULL) THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(lock_name, 0));
    WITH fresh AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM event
        WHERE workspace_id = of_workspace AND livemode = of_livemode AND sequence IS NULL),
    counter AS (
        UPDATE event_sequence SET last_number = last_number + (SELECT count(*) FROM fresh)
        WHERE workspace_id = of_workspace AND livemode = of_livemode AND EXISTS (SELECT FROM fresh)
        RETURNING last_number - (SELECT count(*) FROM fresh) AS before)
    UPDATE event SET sequence = counter.before + fresh.place
    FROM fresh, counter
    WHERE event.id = fresh.id;
    GET DIAGNOSTICS numbered = ROW_COUNT;
    RETURN numbered;
END $$;
REVOKE EXECUTE ON FUNCTION number_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION number_events TO carillon_app, carillon_dispatch;

-- Which of these tenants have events after the given numbers, or without a number: one query for all tenants with open streams in a process,
-- whose transaction has no workspace then. It reveals only that something is new.
CREATE OR REPLACE FUNCTION tenants_with_new_events(workspaces uuid[], livemodes boolean[], numbers bigint[])
    RETURNS TABLE (workspace_id uuid, livemode boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT known.workspace, known.mode
    FROM unnest(workspaces, livemodes, numbers) AS known (workspace, mode, number)
    WHERE EXISTS (SELECT FROM event_sequence AS counter
                  WHERE counter.workspace_id = known.workspace AND counter.livemode = known.mode AND counter.last_number > known.number)
       OR EXISTS (SELECT FROM event
                  WHERE event.workspace_id = known.workspace AND event.livemode = known.mode AND event.sequence IS NULL) $$;
REVOKE EXECUTE ON FUNCTION tenants_with_new_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_new_events TO carillon_app;
