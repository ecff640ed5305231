-- One answer of "too much to do" says nothing about the rest of what waits for an endpoint; several in a row do.
ALTER TABLE webhook_endpoint ADD COLUMN busy_answers integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN webhook_endpoint.busy_answers IS 'how often in a row it had too much to do; what was sent before a pause counts once';
