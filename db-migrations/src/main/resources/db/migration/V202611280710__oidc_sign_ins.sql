-- Sign-ins that were begun at a provider and have not come back yet. All that stands here are hashes: the secrets of a sign-in are derived
-- from what the browser keeps, so that nobody can finish one with this table.
CREATE TABLE oidc_sign_in (
    state_hash bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    provider text NOT NULL CHECK (length(provider) BETWEEN 1 AND 32),
    return_to text CHECK (length(return_to) BETWEEN 1 AND 1000),
    expires_at timestamptz NOT NULL
);
CREATE INDEX oidc_sign_in_by_end ON oidc_sign_in (expires_at);
COMMENT ON COLUMN oidc_sign_in.provider IS 'its name in the configuration';
COMMENT ON COLUMN oidc_sign_in.return_to IS 'a path of our own, for when the person is signed in';

-- Nobody is signed in yet, so there is no workspace to fence by: rows come and go by these two functions alone.
CREATE FUNCTION begin_oidc_sign_in(state bytea, browser bytea, at_provider text, back_to text, lifetime_seconds integer)
    RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- Each that begins takes some away of those that never came back, so that they do not pile up.
    DELETE FROM oidc_sign_in WHERE state_hash IN (
        SELECT state_hash FROM oidc_sign_in WHERE expires_at < clock_timestamp() ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED);
    INSERT INTO oidc_sign_in (state_hash, browser_hash, provider, return_to, expires_at)
    VALUES (state, browser, at_provider, back_to, clock_timestamp() + lifetime_seconds * interval '1 second') $$;

-- Ends a sign-in, once: of two that come with the same state, one gets a row.
CREATE FUNCTION end_oidc_sign_in(state bytea, browser bytea, at_provider text)
    RETURNS TABLE (return_to text, in_time boolean)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM oidc_sign_in AS begun
    WHERE begun.state_hash = state AND begun.browser_hash = browser AND begun.provider = at_provider
    RETURNING begun.return_to, begun.expires_at > clock_timestamp() $$;

REVOKE EXECUTE ON FUNCTION begin_oidc_sign_in, end_oidc_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_oidc_sign_in, end_oidc_sign_in TO carillon_app;
