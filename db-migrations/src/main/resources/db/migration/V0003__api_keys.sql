-- Agents, API keys with their scopes, rate limits and account bounds, and the earlier secrets of rotated keys.

-- A named automation that owns keys. An agent works in both modes; disabling it disables all of its keys.
CREATE TABLE agent (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    owner text CHECK (length(owner) BETWEEN 1 AND 200),
    disabled_at timestamptz,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, id)
);
COMMENT ON COLUMN agent.owner IS 'the person or team that is responsible for it, as text for people';
SELECT isolate_tenants('agent', 'SELECT, INSERT, UPDATE');

-- A key's account bounds never change. So when an account or a group is removed, the key can only lose access.
CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    secret_hash bytea NOT NULL UNIQUE,
    last_four text NOT NULL,
    scopes text[] NOT NULL,
    bound boolean NOT NULL DEFAULT false,
    account_ids uuid[] NOT NULL DEFAULT '{}',
    account_group_ids uuid[] NOT NULL DEFAULT '{}',
    allowed_addresses text[] NOT NULL DEFAULT '{}',
    rate_requests integer CHECK (rate_requests BETWEEN 1 AND 10000000),
    rate_seconds integer CHECK (rate_seconds BETWEEN 1 AND 86400),
    agent_id uuid,
    created_by uuid,
    created_by_member uuid,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, agent_id) REFERENCES agent (workspace_id, id),
    FOREIGN KEY (workspace_id, livemode, created_by) REFERENCES api_key (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, created_by_member) REFERENCES member (workspace_id, id),
    CHECK ((rate_requests IS NULL) = (rate_seconds IS NULL)),
    CHECK (bound OR (account_ids = '{}' AND account_group_ids = '{}'))
);
CREATE INDEX api_key_of_agent ON api_key (agent_id) WHERE agent_id IS NOT NULL;
COMMENT ON COLUMN api_key.secret_hash IS 'SHA-256 of the whole key; the key itself is stored nowhere';
COMMENT ON COLUMN api_key.bound IS 'whether the key reaches only the accounts in account_ids and those in the groups of account_group_ids';
COMMENT ON COLUMN api_key.allowed_addresses IS 'IP address blocks that the key may be used from; empty for all';
COMMENT ON COLUMN api_key.rate_requests IS 'the key''s own rate limit over all requests: so many within rate_seconds; null for none';
COMMENT ON COLUMN api_key.created_by IS 'the key that created this one; null if a member or the operator did';
COMMENT ON COLUMN api_key.created_by_member IS 'the member who created this key; null if a key or the operator did';
SELECT isolate_tenants('api_key', 'SELECT, INSERT, UPDATE');

-- Secrets of keys from before a rotation, and until when each of them still works. They are kept after that time, so that the refusal of an
-- outdated secret can name the reason.
CREATE TABLE api_key_former_secret (
    secret_hash bytea PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    api_key_id uuid NOT NULL,
    valid_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (workspace_id, livemode, api_key_id) REFERENCES api_key (workspace_id, livemode, id)
);
CREATE INDEX api_key_former_secret_of_key ON api_key_former_secret (api_key_id);
SELECT isolate_tenants('api_key_former_secret', 'SELECT, INSERT, UPDATE');

-- The accounts and groups that the caller is bound to; null for a caller without bounds. A transaction sets them together with its
-- workspace. The policies named within_bounds, in the next files, restrict the caller to these.
CREATE FUNCTION caller_bounds() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('carillon.bounds', true), '')::uuid[] $$;
