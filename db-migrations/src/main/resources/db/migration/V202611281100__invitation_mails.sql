-- Mails of invitations, counted by whom they went to, over all workspaces. No workspace may see what another one did, and nobody the address:
-- the API reaches them by one function alone.
CREATE TABLE invitation_mail (
    email_hash bytea NOT NULL,
    workspace_id uuid NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX invitation_mail_to ON invitation_mail (email_hash, sent_at);
CREATE INDEX invitation_mail_age ON invitation_mail (sent_at);
COMMENT ON TABLE invitation_mail IS 'those of the last day or so';
COMMENT ON COLUMN invitation_mail.email_hash IS 'SHA-256 of the address';
ALTER TABLE invitation_mail ENABLE ROW LEVEL SECURITY;

-- Notes that the transaction's workspace sends one; null, or in how many seconds it may. Those to one address are counted one after the other.
CREATE FUNCTION record_invitation_mail(hash bytea, most_of_workspace integer, most_of_all integer) RETURNS integer
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
    -- Each that is noted takes some away of those that do not count any more.
    DELETE FROM invitation_mail WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM invitation_mail WHERE sent_at <= clock_timestamp() - a_day ORDER BY sent_at LIMIT 20 FOR UPDATE SKIP LOCKED));
    INSERT INTO invitation_mail (email_hash, workspace_id) VALUES (hash, sender);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION record_invitation_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_invitation_mail TO carillon_app;
