-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- Starts a sign-in with a provider.
CREATE OR REPLACE FUNCTION begin_oidc_sign_in(state bytea, browser bytea, at_provider text, back_to text, lifetime_seconds integer)
    RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- Each start deletes some of those that expired without returning, so that they do not accumulate.
    DELETE FROM oidc_sign_in WHERE state_hash IN (
        SELECT state_hash FROM oidc_sign_in WHERE expires_at < clock_timestamp() ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED);
    INSERT INTO oidc_sign_in (state_hash, browser_hash, provider, return_to, expires_at)
    VALUES (state, browser, at_provider, back_to, clock_timestamp() + lifetime_seconds * interval '1 second') $$;

-- Ends a sign-in, once: of two requests with the same state, one gets a row.
CREATE OR REPLACE FUNCTION end_oidc_sign_in(state bytea, browser bytea, at_provider text)
    RETURNS TABLE (return_to text, in_time boolean)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM oidc_sign_in AS begun
    WHERE begun.state_hash = state AND begun.browser_hash = browser AND begun.provider = at_provider
    RETURNING begun.return_to, begun.expires_at > clock_timestamp() $$;

REVOKE EXECUTE ON FUNCTION begin_oidc_sign_in, end_oidc_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_oidc_sign_in, end_oidc_sign_in TO carillon_app;
