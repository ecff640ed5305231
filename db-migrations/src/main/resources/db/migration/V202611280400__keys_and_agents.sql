-- Agents: named automations that own keys. An agent works in both modes; one that is disabled takes all of its keys with it.
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
COMMENT ON COLUMN agent.owner IS 'who answers for it, in words for people';
SELECT isolate_tenants('agent', 'SELECT, INSERT, UPDATE');

ALTER TABLE api_key
    ADD COLUMN agent_id uuid,
    ADD COLUMN allowed_addresses text[] NOT NULL DEFAULT '{}',
    ADD COLUMN created_by uuid,
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
    ADD FOREIGN KEY (workspace_id, agent_id) REFERENCES agent (workspace_id, id),
    ADD FOREIGN KEY (workspace_id, livemode, created_by) REFERENCES api_key (workspace_id, livemode, id);
CREATE INDEX api_key_of_agent ON api_key (agent_id) WHERE agent_id IS NOT NULL;
COMMENT ON COLUMN api_key.allowed_addresses IS 'blocks of addresses that it may be used from; empty for all';
COMMENT ON COLUMN api_key.created_by IS 'the key that made it; null where the operator did';

-- What a key was before it was rotated, and until when that still opens it. Kept, so that who comes too late is told why.
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

-- A key is looked up before its workspace is known; only an exact hash opens the row. All of it in database time.
CREATE FUNCTION api_key_by_secret(hash bytea)
    RETURNS TABLE (id uuid, workspace_id uuid, livemode boolean, scopes text[], agent_id uuid, allowed_addresses text[],
                   revoked boolean, expired boolean, rotated boolean, agent_disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT key.id, key.workspace_id, key.livemode, key.scopes, key.agent_id, key.allowed_addresses,
           key.revoked_at IS NOT NULL, coalesce(key.expires_at <= clock_timestamp(), false),
           coalesce(secret.valid_until <= clock_timestamp(), false), agent.disabled_at IS NOT NULL
    FROM (SELECT current.id AS key_id, NULL::timestamptz AS valid_until FROM api_key AS current WHERE current.secret_hash = hash
          UNION ALL
          SELECT former.api_key_id, former.valid_until FROM api_key_former_secret AS former WHERE former.secret_hash = hash) AS secret
    JOIN api_key AS key ON key.id = secret.key_id
    LEFT JOIN agent ON agent.id = key.agent_id $$;
REVOKE EXECUTE ON FUNCTION api_key_by_secret FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_by_secret TO carillon_app;
