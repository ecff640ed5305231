-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- The key with this secret, current or from before a rotation, and the reasons to refuse it. A key is looked up before its workspace is known,
-- so the function has the owner's rights, and only the exact hash opens a row. All comparisons are in database time.
CREATE OR REPLACE FUNCTION api_key_with_bounds(hash bytea)
    RETURNS TABLE (id uuid, workspace_id uuid, livemode boolean, scopes text[], agent_id uuid, allowed_addresses text[],
                   bound boolean, account_ids uuid[], account_group_ids uuid[],
                   revoked boolean, expired boolean, rotated boolean, agent_disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT key.id, key.workspace_id, key.livemode, key.scopes, key.agent_id, key.allowed_addresses,
           key.bound, key.account_ids, key.account_group_ids,
           key.revoked_at IS NOT NULL, coalesce(key.expires_at <= clock_timestamp(), false),
           coalesce(secret.valid_until <= clock_timestamp(), false), agent.disabled_at IS NOT NULL
    FROM (SELECT current.id AS key_id, NULL::timestamptz AS valid_until FROM api_key AS current WHERE current.secret_hash = hash
          UNION ALL
          SELECT former.api_key_id, former.valid_until FROM api_key_former_secret AS former WHERE former.secret_hash = hash) AS secret
    JOIN api_key AS key ON key.id = secret.key_id
    LEFT JOIN agent ON agent.id = key.agent_id $$;
REVOKE EXECUTE ON FUNCTION api_key_with_bounds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_with_bounds TO carillon_app;
