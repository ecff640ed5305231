-- Links that were mailed to sign in with. Nobody is known yet, and the rows hold addresses: the API reaches them by the two functions alone.
CREATE TABLE sign_in_link (
    token_hash bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    address text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX sign_in_link_of_email ON sign_in_link (email, created_at);
CREATE INDEX sign_in_link_of_address ON sign_in_link (address, created_at);
CREATE INDEX sign_in_link_age ON sign_in_link (created_at);
COMMENT ON TABLE sign_in_link IS 'one for each that was asked for, whether or not a mail was sent';
COMMENT ON COLUMN sign_in_link.token_hash IS 'SHA-256 of the token in the link; the token itself is stored nowhere';
COMMENT ON COLUMN sign_in_link.browser_hash IS 'SHA-256 of what the asking browser keeps in a cookie';
COMMENT ON COLUMN sign_in_link.address IS 'where it was asked from';

-- Notes that a link was asked for; null, or in how many seconds another may be. Requests for one address are counted one after the other.
CREATE FUNCTION request_sign_in(token bytea, browser bytea, wanted_email text, from_address text, lasting interval,
                            window_length interval, most_of_email integer, most_of_address integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    since timestamptz := clock_timestamp() - window_length;
    of_email timestamptz;
    of_address timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.sign-in email ' || wanted_email, 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.sign-in from ' || from_address, 0));
    SELECT created_at INTO of_email FROM sign_in_link WHERE email = wanted_email AND created_at > since
    ORDER BY created_at DESC OFFSET most_of_email - 1 LIMIT 1;
    SELECT created_at INTO of_address FROM sign_in_link WHERE address = from_address AND created_at > since
    ORDER BY created_at DESC OFFSET most_of_address - 1 LIMIT 1;
    IF of_email IS NOT NULL OR of_address IS NOT NULL THEN
        RETURN greatest(1, ceil(extract(epoch FROM greatest(of_email, of_address) + window_length - clock_timestamp())))::integer;
    END IF;
    INSERT INTO sign_in_link (token_hash, browser_hash, email, address, expires_at)
    VALUES (token, browser, wanted_email, from_address, clock_timestamp() + lasting);
    RETURN NULL;
END $$;

-- Uses a link, once; says why not, or whose address it was mailed to. Another browser leaves it as it is.
CREATE FUNCTION consume_sign_in(token bytea, browser bytea) RETURNS TABLE (outcome text, email text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    link sign_in_link;
BEGIN
    SELECT * INTO link FROM sign_in_link WHERE token_hash = token FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'unknown', NULL::text;
    ELSIF link.browser_hash IS DISTINCT FROM browser THEN
        RETURN QUERY SELECT 'other_browser', NULL::text;
    ELSIF link.used_at IS NOT NULL THEN
        RETURN QUERY SELECT 'used', NULL::text;
    ELSIF link.expires_at <= clock_timestamp() THEN
        RETURN QUERY SELECT 'expired', NULL::text;
    ELSE
        UPDATE sign_in_link SET used_at = clock_timestamp() WHERE token_hash = token;
        RETURN QUERY SELECT 'used_now', link.email;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION request_sign_in, consume_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_sign_in, consume_sign_in TO carillon_app;

-- What is over is deleted by those who work across workspaces, who see of it only how old it is.
CREATE FUNCTION delete_expired_sign_ins(kept interval) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    links integer;
    sessions integer;
BEGIN
    DELETE FROM sign_in_link WHERE created_at < clock_timestamp() - kept;
    GET DIAGNOSTICS links = ROW_COUNT;
    DELETE FROM user_session WHERE expires_at < clock_timestamp() - kept;
    GET DIAGNOSTICS sessions = ROW_COUNT;
    RETURN links + sessions;
END $$;
REVOKE EXECUTE ON FUNCTION delete_expired_sign_ins FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_expired_sign_ins TO carillon_dispatch;
