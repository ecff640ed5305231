-- The default partitions of the tables that are partitioned by month. They keep rows whose id is outside every month (because a clock was
-- wrong) instead of refusing them. R__keep_partitions.sql creates the months.
CREATE TABLE attempt_other PARTITION OF attempt DEFAULT;
CREATE TABLE event_other PARTITION OF event DEFAULT;
CREATE TABLE webhook_delivery_other PARTITION OF webhook_delivery DEFAULT;
CREATE TABLE webhook_attempt_other PARTITION OF webhook_attempt DEFAULT;
CREATE TABLE meter_event_other PARTITION OF meter_event DEFAULT;
