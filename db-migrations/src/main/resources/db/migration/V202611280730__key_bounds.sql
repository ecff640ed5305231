-- Keys that are bound to accounts. Which these are never changes, so that an account or a group that goes away leaves a key with less.
ALTER TABLE api_key
    ADD COLUMN bound boolean NOT NULL DEFAULT false,
    ADD COLUMN account_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN account_group_ids uuid[] NOT NULL DEFAULT '{}',
    ADD CHECK (bound OR (account_ids = '{}' AND account_group_ids = '{}'));
COMMENT ON COLUMN api_key.bound IS 'whether it reaches nothing but account_ids and what is in account_group_ids';

-- As api_key_by_secret, with what a key is bound to.
CREATE FUNCTION api_key_with_bounds(hash bytea)
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

-- Processes of the version before go on calling this, and know nothing of bounds: to them a bound key is unknown, not unbound.
CREATE OR REPLACE FUNCTION api_key_by_secret(hash bytea)
    RETURNS TABLE (id uuid, workspace_id uuid, livemode boolean, scopes text[], agent_id uuid, allowed_addresses text[],
                   revoked boolean, expired boolean, rotated boolean, agent_disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, workspace_id, livemode, scopes, agent_id, allowed_addresses, revoked, expired, rotated, agent_disabled
    FROM api_key_with_bounds(hash) WHERE NOT bound $$;

-- The accounts and groups that whoever asks keeps to; null for everybody who is not bound. A transaction names them with its workspace.
CREATE FUNCTION caller_bounds() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('carillon.bounds', true), '')::uuid[] $$;

-- What is asked about single rows of what the caller may not see, with yes and no as the only answers.
CREATE FUNCTION account_is_within(account uuid, bounds uuid[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM account AS own LEFT JOIN sandbox_account ON sandbox_account.account_id = own.id
                   LEFT JOIN account AS live ON live.id = sandbox_account.live_account_id
                   WHERE own.id = account_is_within.account AND own.workspace_id = current_setting('carillon.workspace')::uuid
                     AND (own.id = ANY (bounds) OR own.account_group_id = ANY (bounds)
                          OR live.id = ANY (bounds) OR live.account_group_id = ANY (bounds)));
END $$;
CREATE FUNCTION post_is_within(post uuid, bounds uuid[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT bool_and(account_is_within(publication.account_id, bounds))
                     FROM publication WHERE publication.post_id = post_is_within.post), false);
END $$;
REVOKE EXECUTE ON FUNCTION account_is_within, post_is_within FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_is_within, post_is_within TO carillon_app;

-- The fence of a bound caller, within that of its workspace. A post is there for whoever reaches all of its accounts, and with it its
-- publications; it is written before these are, and so anybody may insert one. Workers work across tenants and are not asked.
CREATE POLICY within_bounds ON account AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR account_is_within(id, (SELECT caller_bounds())));
CREATE POLICY within_bounds ON account_group AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR id = ANY ((SELECT caller_bounds())::uuid[]));
CREATE POLICY within_bounds ON post AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR post_is_within(id, (SELECT caller_bounds())))
    WITH CHECK (true);
CREATE POLICY within_bounds ON publication AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR post_is_within(post_id, (SELECT caller_bounds())))
    WITH CHECK ((SELECT caller_bounds()) IS NULL OR account_is_within(account_id, (SELECT caller_bounds())));

-- Who had the reply made that is kept, because not everybody may be told it who sends the same.
ALTER TABLE idempotency_key
    ADD COLUMN created_by text,
    ADD COLUMN bounds uuid[];
COMMENT ON COLUMN idempotency_key.created_by IS 'the caller that had the reply made; null for replies of versions that kept nothing of it';
COMMENT ON COLUMN idempotency_key.bounds IS 'the accounts and groups that the caller kept to; null for none';
