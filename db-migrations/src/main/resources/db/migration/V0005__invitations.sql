-- Invitations of people to workspaces, and a record of their mails that limits how many one address gets.

-- An invitation is for one email address. A user who proves ownership of that address, and has the token, becomes a member.
CREATE TABLE invitation (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')),
    token_hash bytea NOT NULL UNIQUE,
    invited_by_member uuid,
    invited_by_key uuid REFERENCES api_key,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    FOREIGN KEY (workspace_id, invited_by_member) REFERENCES member (workspace_id, id)
);
CREATE UNIQUE INDEX invitation_open ON invitation (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_of_email ON invitation (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
COMMENT ON COLUMN invitation.token_hash IS 'SHA-256 of the token in the latest mail; the token itself is stored nowhere';
SELECT isolate_tenants('invitation', 'SELECT, INSERT, UPDATE');

-- Mails of invitations, counted by recipient across all workspaces. A workspace must not learn what other workspaces sent, and the address
-- itself is not stored. Row-level security without a policy hides all rows: the API reaches them only through record_invitation_mail
-- (R__invitations.sql).
CREATE TABLE invitation_mail (
    email_hash bytea NOT NULL,
    workspace_id uuid NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX invitation_mail_to ON invitation_mail (email_hash, sent_at);
CREATE INDEX invitation_mail_age ON invitation_mail (sent_at);
COMMENT ON TABLE invitation_mail IS 'mails of about the last day; older rows are deleted when new ones are added';
COMMENT ON COLUMN invitation_mail.email_hash IS 'SHA-256 of the address';
ALTER TABLE invitation_mail ENABLE ROW LEVEL SECURITY;
