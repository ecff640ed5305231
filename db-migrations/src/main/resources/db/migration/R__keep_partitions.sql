-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- Maintenance of the partitioned tables, for a role that owns none of them: coming months are created ahead, and months past every plan's
-- retention are dropped. A month is in UTC, and its bounds are the smallest UUIDv7 of its first millisecond and of the next month's.

-- The partitioned tables, and how long their rows are kept.
CREATE OR REPLACE FUNCTION partitioned_tables() RETURNS TABLE (parent text, kept interval) LANGUAGE sql STABLE AS $$
    SELECT parent, CASE parent WHEN 'meter_event' THEN interval '14 months'
        ELSE (SELECT max(retention_days) FROM plan) * interval '1 day' END
    FROM unnest(ARRAY ['attempt', 'event', 'webhook_delivery', 'webhook_attempt', 'meter_event']) AS parent $$;

-- Whether a month past its retention must stay, because something in it is still needed: an attempt that is open or that ended recently (an
-- attempt may be much younger than its post), an event without a number, an event that the fan-out has not reached or that an open delivery
-- sends, a delivery that has not ended.
CREATE OR REPLACE FUNCTION is_still_needed(parent text, partition_name text, kept interval) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    needed boolean;
    -- Separate conditions, so that each starts from the few rows that are open, not fanned out or without a number.
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
        -- Checked again under a lock, while no transaction can write to the month. The whole table is locked first, in the order in which
        -- writers and DROP lock; the other order would deadlock with them.
        EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', which.parent);
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', which.name);
        CONTINUE WHEN is_still_needed(which.parent, which.name, which.kept);
        EXECUTE format('DROP TABLE %I', which.name);
        changed := changed + 1;
    END LOOP;
    RETURN changed;
END $$;
COMMENT ON FUNCTION keep_partitions IS 'returns how many partitions it created or dropped';
REVOKE EXECUTE ON FUNCTION keep_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_partitions TO carillon_dispatch;

-- The first months of a new database. MaintenanceTicks creates the later ones, so this statement does nothing when the file runs again.
SELECT keep_partitions(2)
WHERE NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'attempt'::regclass AND inhrelid <> 'attempt_other'::regclass);
