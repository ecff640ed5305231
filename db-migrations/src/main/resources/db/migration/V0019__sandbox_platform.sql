-- The tables of the sandbox platform, in a schema of its own. No table of Carillon refers to them and they refer to none: the sandbox and
-- Carillon meet only over HTTP.
CREATE SCHEMA IF NOT EXISTS sandbox;
GRANT USAGE ON SCHEMA sandbox TO carillon_sandbox;

CREATE TABLE sandbox.account (
    id text PRIMARY KEY,
    platform text NOT NULL,
    username text NOT NULL,
    created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (platform, username) ON sandbox.account TO carillon_sandbox;

-- One row per accepted post. Rows are never deleted: tests and benchmarks count them.
CREATE TABLE sandbox.post (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES sandbox.account (id),
    workspace text,
    platform text NOT NULL,
    text text NOT NULL,
    client_key text NOT NULL,
    own_idempotency boolean NOT NULL,
    reply_to text,
    settings jsonb NOT NULL,
    permalink_token text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at timestamptz
);
CREATE INDEX post_account ON sandbox.post (account_id, id);
CREATE INDEX post_client_key ON sandbox.post (account_id, client_key);
-- Applies only to posts that were sent as to a network with idempotency keys of its own.
CREATE UNIQUE INDEX post_own_idempotency ON sandbox.post (account_id, client_key) WHERE own_idempotency;
CREATE INDEX post_workspace ON sandbox.post (workspace, id) WHERE workspace IS NOT NULL;
COMMENT ON COLUMN sandbox.post.workspace IS 'the workspace that the caller named; null if it named none';
COMMENT ON COLUMN sandbox.post.created_at IS 'in the business time of the caller';
COMMENT ON COLUMN sandbox.post.accepted_at IS 'in real time, from which the days of its permalink count';
GRANT SELECT, INSERT, UPDATE (deleted_at) ON sandbox.post TO carillon_sandbox;

-- A fault that a workspace ordered.
CREATE TABLE sandbox.fault (
    workspace text NOT NULL,
    id text COLLATE "C" NOT NULL,
    account_id text,
    kind text NOT NULL,
    seconds integer NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
    seed integer NOT NULL,
    drawn bigint NOT NULL DEFAULT 0,
    hits integer NOT NULL DEFAULT 0 CHECK (hits <= count),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace, id)
);
CREATE INDEX fault_left ON sandbox.fault (workspace, id) WHERE hits < count;
COMMENT ON COLUMN sandbox.fault.drawn IS 'calls that it was drawn for; each gets its number, from which its random draw follows';
GRANT SELECT, INSERT, UPDATE (drawn, hits), DELETE ON sandbox.fault TO carillon_sandbox;

-- How often the fault directive in a text has affected the post with this client key.
CREATE TABLE sandbox.directive_hit (
    account_id text NOT NULL REFERENCES sandbox.account (id),
    client_key text NOT NULL,
    kind text NOT NULL,
    hits integer NOT NULL,
    PRIMARY KEY (account_id, client_key, kind)
);
GRANT SELECT, INSERT, UPDATE (hits) ON sandbox.directive_hit TO carillon_sandbox;

-- A post that was accepted for processing. A request for it after ready_at finds it created or rejected.
CREATE TABLE sandbox.ticket (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text NOT NULL REFERENCES sandbox.account (id),
    workspace text,
    platform text NOT NULL,
    text text NOT NULL,
    client_key text NOT NULL,
    own_idempotency boolean NOT NULL,
    reply_to text,
    settings jsonb NOT NULL,
    permalink_token text NOT NULL UNIQUE,
    rejected boolean NOT NULL,
    ready_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON sandbox.ticket TO carillon_sandbox;
