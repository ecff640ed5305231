-- Tables that triggers maintain for the lists and the search of posts, so that a page starts from the most selective filter. An index on post
-- or publication itself would be written again, and all other indexes of that table with it, by each update that a post goes through.

-- Where posts go, for the lists of one account, group or platform. Written once, when a publication is created. It needs no foreign keys:
-- publication has the same.
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

-- Posts in states in which few posts end, or in which posts stay only briefly, for the lists of these states. Posts that are scheduled or in
-- progress are found through their publications.
CREATE TABLE rare_post (
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    status text NOT NULL,
    post_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, livemode, status, post_id)
);
SELECT isolate_tenants('rare_post', 'SELECT');

CREATE FUNCTION is_rare_status(status text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT status IN ('draft', 'pending_approval', 'partially_published', 'failed', 'canceled') $$;

CREATE FUNCTION keep_rare_posts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM rare_post
        WHERE workspace_id = OLD.workspace_id AND livemode = OLD.livemode AND status = OLD.status AND post_id = OLD.id;
    END IF;
    IF is_rare_status(NEW.status) THEN
        INSERT INTO rare_post (workspace_id, livemode, status, post_id) VALUES (NEW.workspace_id, NEW.livemode, NEW.status, NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER post_starts_rare AFTER INSERT ON post FOR EACH ROW WHEN (is_rare_status(NEW.status)) EXECUTE FUNCTION keep_rare_posts();
CREATE TRIGGER post_has_rare_status AFTER UPDATE OF status ON post FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND (is_rare_status(OLD.status) OR is_rare_status(NEW.status))) EXECUTE FUNCTION keep_rare_posts();

-- The words of each post's newest revision, for the search. The API may test the words of a post that it sees, but finds posts by words only
-- through functions (R__posts_with_words.sql): under row-level security, PostgreSQL uses no index for an operator that is not leakproof.
CREATE TABLE post_text (
    post_id uuid PRIMARY KEY REFERENCES post,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX post_text_page ON post_text (workspace_id, livemode, post_id);
-- New entries wait in an unsorted list of at most a megabyte: every search reads that list, and the write that fills it merges it into the
-- index.
CREATE INDEX post_text_words ON post_text USING gin (words) WITH (gin_pending_list_limit = 1024);
SELECT isolate_tenants('post_text', 'SELECT');

CREATE FUNCTION keep_post_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO post_text (post_id, workspace_id, livemode, words)
    VALUES (NEW.post_id, NEW.workspace_id, NEW.livemode, post_words(NEW.content))
    ON CONFLICT (post_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;
CREATE TRIGGER post_revision_text AFTER INSERT ON post_revision FOR EACH ROW EXECUTE FUNCTION keep_post_text();
