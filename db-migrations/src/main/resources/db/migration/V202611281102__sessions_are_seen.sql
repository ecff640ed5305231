-- Finds a session that lives and notes that it was seen, in one step: whoever ends it meanwhile is waited for, and then it is over. Written at
-- most twice a minute for a session, however busy it is, and when it moves.
CREATE FUNCTION touch_session(wanted_id uuid, seen_from text, idle interval)
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
REVOKE EXECUTE ON FUNCTION touch_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION touch_session TO carillon_app;
