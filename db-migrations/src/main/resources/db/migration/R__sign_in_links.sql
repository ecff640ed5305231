-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- Records a request for a sign-in link and returns null, or returns in how many seconds the next request is allowed. Requests for the same
-- email address, and those from the same IP address, are counted one after the other. There are three limits per window:
-- - of one IP address for one email address, so that a stranger who requests links for someone else's email address blocks only themselves;
-- - of one IP address for all email addresses;
-- - of one email address from all IP addresses. It does not apply to an IP address from which a link for this email address has been used
--   before, so that strangers elsewhere do not lock its owner out.
CREATE OR REPLACE FUNCTION request_sign_in(token bytea, browser bytea, wanted_email text, from_address text, lasting interval,
                                           window_length interval, most_of_email integer, most_of_email_and_address integer,
                                           most_of_address integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    since timestamptz := clock_timestamp() - window_length;
    of_email timestamptz;
    of_both timestamptz;
    of_address timestamptz;
    until timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.sign-in email ' || wanted_email, 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.sign-in from ' || from_address, 0));
    SELECT created_at INTO of_both FROM sign_in_link
    WHERE email = wanted_email AND address = from_address AND created_at > since
    ORDER BY created_at DESC OFFSET most_of_email_and_address - 1 LIMIT 1;
    SELECT created_at INTO of_address FROM sign_in_link WHERE address = from_address AND created_at > since
    ORDER BY created_at DESC OFFSET most_of_address - 1 LIMIT 1;
    IF NOT EXISTS (SELECT FROM sign_in_link WHERE email = wanted_email AND address = from_address AND used_at IS NOT NULL) THEN
        SELECT created_at INTO of_email FROM sign_in_link WHERE email = wanted_email AND created_at > since
        ORDER BY created_at DESC OFFSET most_of_email - 1 LIMIT 1;
    END IF;
    until := greatest(of_email, of_both, of_address);
    IF until IS NOT NULL THEN
        RETURN greatest(1, ceil(extract(epoch FROM until + window_length - clock_timestamp())))::integer;
    END IF;
    INSERT INTO sign_in_link (token_hash, browser_hash, email, address, expires_at)
    VALUES (token, browser, wanted_email, from_address, clock_timestamp() + lasting);
    RETURN NULL;
END $$;

-- Uses a link, once. Returns the email address that it was mailed to, or why it cannot be used. A try with another browser leaves the link
-- usable.
CREATE OR REPLACE FUNCTION consume_sign_in(token bytea, browser bytea) RETURNS TABLE (outcome text, email text)
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

-- Deletes old links and sessions, and returns how many. It runs for the role that works across workspaces, which may read neither and sees
-- only their age.
CREATE OR REPLACE FUNCTION delete_expired_sign_ins(kept interval) RETURNS integer
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

REVOKE EXECUTE ON FUNCTION request_sign_in, consume_sign_in, delete_expired_sign_ins FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_sign_in, consume_sign_in TO carillon_app;
GRANT EXECUTE ON FUNCTION delete_expired_sign_ins TO carillon_dispatch;
