-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- Users and members, asked for where neither a user nor a workspace isolates the rows. Each function answers one question and nothing else.

-- Before the user is known: exactly one identity or email address opens a row.
CREATE OR REPLACE FUNCTION user_by_identity(wanted_issuer text, wanted_subject text) RETURNS SETOF app_user
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.* FROM user_identity JOIN app_user ON app_user.id = user_identity.user_id
    WHERE issuer = wanted_issuer AND subject = wanted_subject $$;

CREATE OR REPLACE FUNCTION user_by_email(wanted_email text) RETURNS SETOF app_user
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM app_user WHERE email = wanted_email $$;

-- The workspaces of which the transaction's user is a member.
CREATE OR REPLACE FUNCTION workspaces_of_user()
    RETURNS TABLE (id uuid, name text, plan_id text, created_at timestamptz, member_id uuid, role text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT workspace.id, workspace.name, workspace.plan_id, workspace.created_at, member.id, member.role
    FROM member JOIN workspace ON workspace.id = member.workspace_id
    WHERE member.user_id = current_setting('carillon.user')::uuid AND member.removed_at IS NULL $$;

-- The users behind the members, current and removed, of the transaction's workspace.
CREATE OR REPLACE FUNCTION users_of_workspace() RETURNS TABLE (id uuid, email text, name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.id, app_user.email, app_user.name
    FROM app_user WHERE app_user.id IN (
        SELECT member.user_id FROM member WHERE member.workspace_id = current_setting('carillon.workspace')::uuid) $$;

-- The recipients of mails about a workspace, for processes that may not read users.
CREATE OR REPLACE FUNCTION owners_and_admins(wanted_workspace uuid) RETURNS TABLE (user_id uuid, email text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT app_user.id, app_user.email
    FROM member JOIN app_user ON app_user.id = member.user_id
    WHERE member.workspace_id = wanted_workspace AND member.role IN ('owner', 'admin') AND member.removed_at IS NULL
    ORDER BY member.id $$;

-- How many workspaces a user owns. The lock makes other transactions that ask for the same user wait until this one ends, so that the count
-- stays true.
CREATE OR REPLACE FUNCTION lock_owned_workspaces(wanted_user uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.workspaces of ' || wanted_user, 0));
    RETURN (SELECT count(*) FROM member WHERE user_id = wanted_user AND role = 'owner' AND removed_at IS NULL);
END $$;

REVOKE EXECUTE ON FUNCTION user_by_identity, user_by_email, workspaces_of_user, users_of_workspace, owners_and_admins, lock_owned_workspaces
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION user_by_identity, user_by_email, workspaces_of_user, users_of_workspace, lock_owned_workspaces TO carillon_app;
GRANT EXECUTE ON FUNCTION owners_and_admins TO carillon_dispatch;
