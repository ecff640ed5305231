-- Posts in states that few end in, or that few are in for long, for the lists of these. An index on post itself would be written anew, and all others of that
-- table with it, by each step of every post that simply goes out. Those that wait or are on their way are found by their publications.
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

INSERT INTO rare_post (workspace_id, livemode, status, post_id)
SELECT workspace_id, livemode, status, id FROM post WHERE is_rare_status(status);
