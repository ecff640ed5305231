-- Where posts go, for the lists of one account's, group's or platform's: written once, when a publication is made. An index on publication
-- itself would be written anew by each of the updates that a publication passes through. What it points to is what publication points to.
CREATE TABLE post_target (
    account_id uuid NOT NULL,
    post_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    platform text NOT NULL,
    PRIMARY KEY (account_id, post_id)
);
CREATE INDEX post_target_of_platform ON post_target (workspace_id, livemode, platform, post_id);
SELECT isolate_tenants('post_target', 'SELECT, INSERT, DELETE');

CREATE FUNCTION add_post_targets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO post_target (account_id, post_id, workspace_id, livemode, platform)
    SELECT account_id, post_id, workspace_id, livemode, platform FROM fresh
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER publication_targets AFTER INSERT ON publication REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION add_post_targets();

CREATE FUNCTION remove_post_targets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM post_target AS target USING gone
    WHERE target.account_id = gone.account_id AND target.post_id = gone.post_id
      AND NOT EXISTS (SELECT FROM publication WHERE publication.post_id = gone.post_id AND publication.account_id = gone.account_id);
    RETURN NULL;
END $$;
CREATE TRIGGER publication_targets_gone AFTER DELETE ON publication REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION remove_post_targets();

INSERT INTO post_target (account_id, post_id, workspace_id, livemode, platform)
SELECT DISTINCT account_id, post_id, workspace_id, livemode, platform FROM publication;

-- What else lists are cut by. None of these columns is changed by what a post passes through, so that its updates stay within their page.
CREATE INDEX post_of_key ON post (coalesce(api_key_id, live_api_key_id), id);
CREATE INDEX post_created ON post (workspace_id, livemode, created_at);
CREATE INDEX post_to_publish ON post (workspace_id, livemode, publish_at) WHERE publish_at IS NOT NULL;
