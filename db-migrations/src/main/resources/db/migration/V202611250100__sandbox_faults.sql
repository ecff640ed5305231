-- Whose post it was, as the caller says it; null for those that came before it was said.
ALTER TABLE sandbox.post ADD COLUMN workspace text;

CREATE INDEX post_workspace ON sandbox.post (workspace, id) WHERE workspace IS NOT NULL;

-- Trouble that was asked for. "drawn" counts the posts that it was tried on and gives each its number in the row of draws.
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

-- How often the marker in a text has struck the post of this client key.
CREATE TABLE sandbox.directive_hit (
    account_id text NOT NULL REFERENCES sandbox.account (id),
    client_key text NOT NULL,
    kind text NOT NULL,
    hits integer NOT NULL,
    PRIMARY KEY (account_id, client_key, kind)
);

-- A post that was taken and is being worked on: when it is asked for after "ready_at", it is made or was refused.
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

GRANT SELECT, INSERT, UPDATE (drawn, hits), DELETE ON sandbox.fault TO carillon_sandbox;
GRANT SELECT, INSERT, UPDATE (hits) ON sandbox.directive_hit TO carillon_sandbox;
GRANT SELECT, INSERT ON sandbox.ticket TO carillon_sandbox;
