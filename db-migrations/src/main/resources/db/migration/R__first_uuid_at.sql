-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- The smallest UUIDv7 of a millisecond. Ids are in the order of time, so it bounds partitions and conditions on the age of rows.
CREATE OR REPLACE FUNCTION first_uuid_at(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;
