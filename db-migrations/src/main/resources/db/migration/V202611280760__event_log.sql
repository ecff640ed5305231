-- The log is read by type, by object and by post. The indexes hold numbered events alone: who writes an event pays for none of them.
ALTER TABLE event ADD COLUMN post_id text;
COMMENT ON COLUMN event.post_id IS 'the post that it belongs to, by its public id, also where it is about a publication';
UPDATE event SET post_id = coalesce(body::jsonb #>> '{data,object,post_id}', object_id)
WHERE type LIKE 'post.%' OR type LIKE 'publication.%';
CREATE INDEX event_type ON event (workspace_id, livemode, type, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX event_object ON event (object_id, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX event_post ON event (post_id, sequence) WHERE sequence IS NOT NULL AND post_id IS NOT NULL;

-- Numbers the committed events of one tenant, in the order of their ids; what commits later gets later numbers. The lock comes before the
-- statement that reads, which therefore sees what whoever held it before has numbered. Where nothing waits, nothing is locked: an event whose
-- number is not committed yet still counts as waiting.
CREATE FUNCTION number_events(of_workspace uuid, of_livemode boolean, lock_name text) RETURNS integer LANGUAGE plpgsql AS $$
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

-- One look for all tenants whose streams are open in a process, which has no workspace then. It tells nothing but that something is new.
CREATE FUNCTION tenants_with_new_events(workspaces uuid[], livemodes boolean[], numbers bigint[])
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

-- As before, and a month stays as long as something in it is still needed: an attempt that is open or that ended a short while ago (a post may
-- be older than what is tried of it), an event without a number, one that the fan-out has not come to or that an open delivery sends, a delivery
-- that has not ended.
CREATE FUNCTION is_still_needed(parent text, partition_name text, kept interval) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    needed boolean;
    -- Each by itself, so that each begins at the few that are open, behind or without a number.
    condition text := CASE parent
        WHEN 'attempt' THEN
            'EXISTS (SELECT FROM %1$I WHERE ended_at IS NULL OR ended_at > clock_timestamp() - interval %2$L)'
        WHEN 'event' THEN
            'EXISTS (SELECT FROM %1$I WHERE sequence IS NULL)
             OR EXISTS (SELECT FROM webhook_delivery AS delivery JOIN %1$I AS old ON old.id = delivery.event_id
                        WHERE delivery.ended_at IS NULL)
             OR EXISTS (SELECT FROM event_sequence AS counter
                        JOIN %1$I AS old ON old.workspace_id = counter.workspace_id AND old.livemode = counter.livemode
                        WHERE counter.fanned_out < counter.last_number AND old.sequence > counter.fanned_out)'
        WHEN 'webhook_delivery' THEN 'EXISTS (SELECT FROM %1$I WHERE ended_at IS NULL)'
        ELSE 'false' END;
BEGIN
    EXECUTE 'SELECT ' || format(condition, partition_name, kept) INTO needed;
    RETURN needed;
END $$;
REVOKE EXECUTE ON FUNCTION is_still_needed FROM PUBLIC;

CREATE OR REPLACE FUNCTION keep_partitions(months_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    which record;
    month timestamptz;
    changed integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('carillon.partitions'));
    FOR which IN SELECT parent, date_trunc('month', clock_timestamp()) + n * interval '1 month' AS month_start
                 FROM partitioned_tables(), generate_series(0, months_ahead) AS n LOOP
        month := which.month_start;
        IF to_regclass(format('%s_%s', which.parent, to_char(month, 'YYYYMM'))) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                which.parent || '_' || to_char(month, 'YYYYMM'), which.parent, first_uuid_at(month), first_uuid_at(month + interval '1 month'));
            changed := changed + 1;
        END IF;
    END LOOP;
    FOR which IN SELECT child.relname AS name, parent, kept
                 FROM partitioned_tables() JOIN pg_inherits ON inhparent = parent::regclass
                 JOIN pg_class child ON child.oid = inhrelid
                 WHERE child.relname ~ '_\d{6}$'
                   AND to_timestamp(right(child.relname, 6), 'YYYYMM') + interval '1 month' + kept < clock_timestamp() LOOP
        CONTINUE WHEN is_still_needed(which.parent, which.name, which.kept);
        -- Once more while nobody can write to it. First the whole table, as whoever writes takes them, and as DROP does: the other way round both
        -- would wait for each other.
        EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', which.parent);
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', which.name);
        CONTINUE WHEN is_still_needed(which.parent, which.name, which.kept);
        EXECUTE format('DROP TABLE %I', which.name);
        changed := changed + 1;
    END LOOP;
    RETURN changed;
END $$;
