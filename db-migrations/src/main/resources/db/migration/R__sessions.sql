-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- A session by its id, which a token names before the user is known, and whether it is still valid.
CREATE OR REPLACE FUNCTION session_by_id(wanted_id uuid)
    RETURNS TABLE (id uuid, user_id uuid, email text, name text, user_created_at timestamptz, user_agent text, address text,
                   created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, alive boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT session.id, session.user_id, app_user.email, app_user.name, app_user.created_at, session.user_agent, session.address,
           session.created_at, session.last_seen_at, session.expires_at,
           session.ended_at IS NULL AND least(session.idle_until, session.expires_at) > clock_timestamp()
    FROM user_session AS session JOIN app_user ON app_user.id = session.user_id
    WHERE session.id = wanted_id $$;

-- Finds a valid session and records that it was used, in one step: if another transaction is ending the session, this one waits and then
-- finds it ended. A session is written when its address changes, and otherwise at most twice a minute, however many requests it makes.
CREATE OR REPLACE FUNCTION touch_session(wanted_id uuid, seen_from text, idle interval)
    RETURNS TABLE (id uuid, user_id uuid, email text, name text, user_created_at timestamptz, user_agent text, address text,
                   created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE user_session AS session
    SET last_seen_at = clock_timestamp(), address = seen_from, idle_until = clock_timestamp() + idle
    WHERE session.id = wanted_id AND session.ended_at IS NULL AND least(session.idle_until, session.expires_at) > clock_timestamp()
      AND (session.last_seen_at < clock_timestamp() - interval '30 seconds' OR session.address <> seen_from);
    RETURN QUERY
        SELECT found.id, found.user_id, found.email, found.name, found.user_created_at, found.user_agent, found.address,
               found.created_at, found.last_seen_at, found.expires_at
        FROM session_by_id(wanted_id) AS found WHERE found.alive;
END $$;

REVOKE EXECUTE ON FUNCTION session_by_id, touch_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_by_id, touch_session TO carillon_app;
