-- How many workspaces somebody owns; nobody makes or counts another of theirs until the transaction ends.
CREATE FUNCTION lock_owned_workspaces(wanted_user uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.workspaces of ' || wanted_user, 0));
    RETURN (SELECT count(*) FROM member WHERE user_id = wanted_user AND role = 'owner' AND removed_at IS NULL);
END $$;
REVOKE EXECUTE ON FUNCTION lock_owned_workspaces FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_owned_workspaces TO carillon_app;
