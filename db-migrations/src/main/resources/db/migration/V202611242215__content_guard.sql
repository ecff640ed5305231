-- What was accepted for an account, so that the same content is not accepted for it a second time by mistake. Whoever creates upserts the
-- row and then looks at what it names: of two that come at the same time, the second waits for the first and sees it.
CREATE TABLE content_guard (
    account_id uuid NOT NULL,
    content_fingerprint bytea NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    publications uuid[] NOT NULL,
    publish_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, content_fingerprint),
    FOREIGN KEY (workspace_id, livemode, account_id) REFERENCES account (workspace_id, livemode, id)
);
CREATE INDEX content_guard_time ON content_guard (account_id, publish_at);
COMMENT ON COLUMN content_guard.content_fingerprint IS 'SHA-256 of account, normalised text and media; the text itself is not kept here';
COMMENT ON COLUMN content_guard.publications IS 'those with this content whose time may still lie within the window';
COMMENT ON COLUMN content_guard.publish_at IS 'business time at which the last of them is to go out';
SELECT isolate_tenants('content_guard', 'SELECT, INSERT, UPDATE');
