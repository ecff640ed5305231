-- What becomes of a post whose time has passed before anybody could begin with it.
ALTER TABLE workspace
    ADD COLUMN grace_seconds integer NOT NULL DEFAULT 900 CHECK (grace_seconds BETWEEN 60 AND 2592000),
    ADD COLUMN misfire_policy text NOT NULL DEFAULT 'skip' CHECK (misfire_policy IN ('skip', 'publish')),
    ADD COLUMN late_per_account_hour integer NOT NULL DEFAULT 20 CHECK (late_per_account_hour BETWEEN 1 AND 10000);
COMMENT ON COLUMN workspace.grace_seconds IS 'how late a post may still go out, where it does not say so itself';
COMMENT ON COLUMN workspace.late_per_account_hour IS 'posts that are late by more than five minutes and still go out, per account';

ALTER TABLE post
    ADD COLUMN grace_seconds integer CHECK (grace_seconds BETWEEN 60 AND 2592000),
    ADD COLUMN misfire_policy text CHECK (misfire_policy IN ('skip', 'publish'));
COMMENT ON COLUMN post.grace_seconds IS 'null: the workspace says';
COMMENT ON COLUMN post.misfire_policy IS 'null: the workspace says';

ALTER TABLE publication ADD COLUMN late_since timestamptz;
COMMENT ON COLUMN publication.late_since IS 'business time at which it should have gone out, where due_at was moved without that time being forgotten';

-- Attempts are marked in the order of time, so that a summary of each stretch of the table finds those of the last hour.
CREATE INDEX attempt_started ON attempt USING brin (started_at) WITH (autosummarize = on);
