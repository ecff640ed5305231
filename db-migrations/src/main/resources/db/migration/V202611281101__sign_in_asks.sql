-- Who asks is bounded before the address that is asked for, so that a stranger who asks for somebody's links holds off themselves. All that are
-- asked for one address are still bounded; from where its links were used before, whatever strangers do elsewhere does not count.
DROP FUNCTION request_sign_in(bytea, bytea, text, text, interval, interval, integer, integer);
CREATE FUNCTION request_sign_in(token bytea, browser bytea, wanted_email text, from_address text, lasting interval, window_length interval,
                            most_of_email integer, most_of_email_and_address integer, most_of_address integer) RETURNS integer
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
REVOKE EXECUTE ON FUNCTION request_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_sign_in TO carillon_app;
