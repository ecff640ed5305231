-- The sandbox platform's own books. No table of Carillon refers to them and they refer to none: the two meet over HTTP only.
CREATE SCHEMA IF NOT EXISTS sandbox;

CREATE TABLE sandbox.account (
    id text PRIMARY KEY,
    platform text NOT NULL,
    username text NOT NULL,
    created_at timestamptz NOT NULL
);

-- One row per accepted post. Rows are never removed: their number is what tests and benchmarks judge by.
CREATE TABLE sandbox.post (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES sandbox.account (id),
    platform text NOT NULL,
    text text NOT NULL,
    client_key text NOT NULL,
    own_idempotency boolean NOT NULL,
    reply_to text,
    settings jsonb NOT NULL,
    permalink_token text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz
);

CREATE INDEX post_account ON sandbox.post (account_id, id);
CREATE INDEX post_client_key ON sandbox.post (account_id, client_key);

-- Binds only those posts that were sent as to a network with idempotency keys of its own.
CREATE UNIQUE INDEX post_own_idempotency ON sandbox.post (account_id, client_key) WHERE own_idempotency;

GRANT USAGE ON SCHEMA sandbox TO carillon_sandbox;
GRANT SELECT, INSERT, UPDATE (platform, username) ON sandbox.account TO carillon_sandbox;
GRANT SELECT, INSERT, UPDATE (deleted_at) ON sandbox.post TO carillon_sandbox;
