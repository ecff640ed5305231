-- What a plan lets each key, and each person who is signed in, do in a minute; null for as much as they like.
ALTER TABLE plan
    ADD COLUMN reads_per_minute integer CHECK (reads_per_minute BETWEEN 1 AND 10000000),
    ADD COLUMN writes_per_minute integer CHECK (writes_per_minute BETWEEN 1 AND 10000000),
    ADD COLUMN posts_per_minute integer CHECK (posts_per_minute BETWEEN 1 AND 10000000),
    ADD COLUMN batches_per_minute integer CHECK (batches_per_minute BETWEEN 1 AND 10000000),
    ADD COLUMN admin_requests_per_minute integer CHECK (admin_requests_per_minute BETWEEN 1 AND 10000000);
COMMENT ON COLUMN plan.admin_requests_per_minute IS 'of what changes who may do what, or is dear to answer';
-- Whoever runs Carillon for themselves is stopped by these only where a program has gone wild.
UPDATE plan
SET reads_per_minute = 1000000, writes_per_minute = 200000, posts_per_minute = 300000, batches_per_minute = 6000,
    admin_requests_per_minute = 12000
WHERE id = 'self_hosted';

-- A key's own rate, over all that it does.
ALTER TABLE api_key
    ADD COLUMN rate_requests integer CHECK (rate_requests BETWEEN 1 AND 10000000),
    ADD COLUMN rate_seconds integer CHECK (rate_seconds BETWEEN 1 AND 86400),
    ADD CHECK ((rate_requests IS NULL) = (rate_seconds IS NULL));
COMMENT ON COLUMN api_key.rate_requests IS 'within rate_seconds; null for no rate of its own';
