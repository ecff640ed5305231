-- While an endpoint is left alone, what was claimed for it before that goes back untried.
ALTER TABLE webhook_endpoint
    ADD COLUMN paused_until timestamptz,
    ADD COLUMN probes integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN webhook_endpoint.paused_until IS 'until when nothing is sent: it asked for that, or its next probe is not due yet';
COMMENT ON COLUMN webhook_endpoint.probes IS 'probes that have failed since it began to be probed';

-- Each notice waits longer after each mail that was not taken, and remembers who has theirs.
ALTER TABLE webhook_notice
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD COLUMN told uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX webhook_notice_next ON webhook_notice (next_at);
COMMENT ON COLUMN webhook_notice.told IS 'users whose mail the server has taken';

-- Who is mailed about a workspace, for processes that see no user.
CREATE FUNCTION owners_and_admins(wanted_workspace uuid) RETURNS TABLE (user_id uuid, email text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.id, app_user.email
    FROM member JOIN app_user ON app_user.id = member.user_id
    WHERE member.workspace_id = wanted_workspace AND member.role IN ('owner', 'admin') AND member.removed_at IS NULL
    ORDER BY member.id $$;
REVOKE EXECUTE ON FUNCTION owners_and_admins(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION owners_and_admins(uuid) TO carillon_dispatch;
