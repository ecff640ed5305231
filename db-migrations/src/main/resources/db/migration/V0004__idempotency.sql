-- The reply to a request with an Idempotency-Key, written in the transaction of the request's effect.
CREATE TABLE idempotency_key (
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    sealed_reply bytea NOT NULL,
    created_by text,
    bounds uuid[],
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, livemode, route, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
COMMENT ON COLUMN idempotency_key.fingerprint IS 'SHA-256 of method, path and body';
COMMENT ON COLUMN idempotency_key.created_by IS 'the caller whose request created the reply; other callers that send the same request may not see every reply';
COMMENT ON COLUMN idempotency_key.bounds IS 'the accounts and groups that this caller was bound to; null for a caller without bounds';
SELECT isolate_tenants('idempotency_key', 'SELECT, INSERT, DELETE');
