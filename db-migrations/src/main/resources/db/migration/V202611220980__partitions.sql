-- Upkeep of the partitioned tables, for a role that owns none of them: months to come are made ahead, months past every plan's
-- retention are dropped. Bounds are the UUIDv7 of the first millisecond of a month (UTC).
CREATE FUNCTION first_uuid_at(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

CREATE FUNCTION partitioned_tables() RETURNS TABLE (parent text, kept interval) LANGUAGE sql STABLE AS $$
    SELECT parent, CASE parent WHEN 'meter_event' THEN interval '14 months'
        ELSE (SELECT max(retention_days) FROM plan) * interval '1 day' END
    FROM unnest(ARRAY ['attempt', 'event', 'webhook_delivery', 'webhook_attempt', 'meter_event']) AS parent $$;

CREATE FUNCTION keep_partitions(months_ahead integer) RETURNS integer
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
    FOR which IN SELECT child.relname AS name
                 FROM partitioned_tables() JOIN pg_inherits ON inhparent = parent::regclass
                 JOIN pg_class child ON child.oid = inhrelid
                 WHERE child.relname ~ '_\d{6}$'
                   AND to_timestamp(right(child.relname, 6), 'YYYYMM') + interval '1 month' + kept < clock_timestamp() LOOP
        EXECUTE format('DROP TABLE %I', which.name);
        changed := changed + 1;
    END LOOP;
    RETURN changed;
END $$;
COMMENT ON FUNCTION keep_partitions IS 'returns how many partitions it made or dropped';
REVOKE EXECUTE ON FUNCTION keep_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_partitions TO carillon_dispatch;

-- Rows whose id lies outside every month (a clock that was wrong) are kept, not refused.
CREATE TABLE attempt_other PARTITION OF attempt DEFAULT;
CREATE TABLE event_other PARTITION OF event DEFAULT;
CREATE TABLE webhook_delivery_other PARTITION OF webhook_delivery DEFAULT;
CREATE TABLE webhook_attempt_other PARTITION OF webhook_attempt DEFAULT;
CREATE TABLE meter_event_other PARTITION OF meter_event DEFAULT;
SELECT keep_partitions(2);
