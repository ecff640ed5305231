-- A live key may have the sandbox play one post. Such a post is made of test rows, on test accounts that stand in for the live ones.

-- The one place where the modes meet: which test account stands in for which live one. Two columns of one value each say so to the keys.
CREATE TABLE sandbox_account (
    account_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL DEFAULT false CHECK (NOT livemode),
    live_account_id uuid NOT NULL UNIQUE,
    live_account_livemode boolean NOT NULL DEFAULT true CHECK (live_account_livemode),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (account_id, live_account_id),
    FOREIGN KEY (workspace_id, livemode, account_id) REFERENCES account (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, live_account_livemode, live_account_id) REFERENCES account (workspace_id, livemode, id)
);
SELECT isolate_tenants('sandbox_account', 'SELECT, INSERT');

-- The key that asked is a live one, and so it has a column of its own, whose key's mode is what "sandbox" says.
ALTER TABLE post
    ADD COLUMN sandbox boolean NOT NULL DEFAULT false,
    ADD COLUMN live_api_key_id uuid,
    ADD CHECK (NOT sandbox OR NOT livemode AND api_key_id IS NULL),
    ADD CHECK (sandbox OR live_api_key_id IS NULL),
    ADD FOREIGN KEY (workspace_id, sandbox, live_api_key_id) REFERENCES api_key (workspace_id, livemode, id);
CREATE INDEX post_sandbox ON post (workspace_id, id) WHERE sandbox;
COMMENT ON COLUMN post.sandbox IS 'a live key asked for it; it may see and act on it, and on nothing else in test mode';
COMMENT ON COLUMN post.live_api_key_id IS 'who asked, where that was a live key; api_key_id is null then';

ALTER TABLE publication
    ADD COLUMN live_account_id uuid,
    ADD FOREIGN KEY (account_id, live_account_id) REFERENCES sandbox_account (account_id, live_account_id);
COMMENT ON COLUMN publication.live_account_id IS 'the live account that the caller named, where account_id stands in for it';
