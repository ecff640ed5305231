-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- Whether an open invitation admits the owner of this email address, who is not a user yet.
CREATE OR REPLACE FUNCTION is_expected(wanted_email text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM invitation WHERE email = wanted_email AND accepted_at IS NULL AND revoked_at IS NULL
                   AND expires_at > clock_timestamp()) $$;

-- The invitation with this token, for a caller who is not a member of its workspace yet.
CREATE OR REPLACE FUNCTION invitation_by_token(hash bytea)
    RETURNS TABLE (id uuid, workspace_id uuid, workspace_name text, email text, role text, accepted boolean, revoked boolean, expired boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT invitation.id, invitation.workspace_id, workspace.name, invitation.email, invitation.role, invitation.accepted_at IS NOT NULL,
           invitation.revoked_at IS NOT NULL, invitation.expires_at <= clock_timestamp()
    FROM invitation JOIN workspace ON workspace.id = invitation.workspace_id WHERE invitation.token_hash = hash $$;

-- Records that the transaction's workspace mails an invitation and returns null, or returns in how many seconds it may. Mails to one address
-- are counted one after the other, against the limits of this workspace and of all workspaces together.
CREATE OR REPLACE FUNCTION record_invitation_mail(hash bytea, most_of_workspace integer, most_of_all integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sender uuid := current_setting('carillon.workspace')::uuid;
    a_day constant interval := interval '1 day';
    of_workspace timestamptz;
    of_all timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('carillon.invitation mail ' || encode(hash, 'hex'), 0));
    SELECT sent_at INTO of_workspace FROM invitation_mail
    WHERE email_hash = hash AND workspace_id = sender AND sent_at > clock_timestamp() - a_day
    ORDER BY sent_at DESC OFFSET most_of_workspace - 1 LIMIT 1;
    SELECT sent_at INTO of_all FROM invitation_mail
    WHERE email_hash = hash AND sent_at > clock_timestamp() - a_day
    ORDER BY sent_at DESC OFFSET most_of_all - 1 LIMIT 1;
    IF of_workspace IS NOT NULL OR of_all IS NOT NULL THEN
        RETURN greatest(1, ceil(extract(epoch FROM greatest(of_workspace, of_all) + a_day - clock_timestamp())))::integer;
    END IF;
    -- Each new row deletes some that no longer count.
    DELETE FROM invitation_mail WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM invitation_mail WHERE sent_at <= clock_timestamp() - a_day ORDER BY sent_at LIMIT 20 FOR UPDATE SKIP LOCKED));
    INSERT INTO invitation_mail (email_hash, workspace_id) VALUES (hash, sender);
    RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION is_expected, invitation_by_token, record_invitation_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_expected, invitation_by_token, record_invitation_mail TO carillon_app;
