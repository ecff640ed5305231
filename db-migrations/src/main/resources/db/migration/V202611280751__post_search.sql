-- The words of each post's newest revision, for the search. The application's role may test a post that it sees, and finds posts by their
-- words through a function alone: row-level security lets no index be used by an operator that is not proof against leaks.

-- Words are compared without case and without accents, and each sign of Chinese and Japanese is a word, because nothing stands between them.
CREATE FUNCTION search_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f\u3099\u309a]+', '', 'g')),
                          '([\u3041-\u30ff\u3400-\u9fff])', ' \1 ', 'g') $$;

-- Every text of a revision, wherever in it that stands: the common one, those of targets, those of further parts.
CREATE FUNCTION post_words(content jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT strip(to_tsvector('simple'::regconfig, search_text(left(coalesce(string_agg(said #>> '{}', ' '), ''), 100000))))
    FROM jsonb_path_query(content, '$.**.text') AS said WHERE jsonb_typeof(said) = 'string' $$;

-- All of the words, of which the last one may go on.
CREATE FUNCTION search_query(value text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN numnode(asked) = 0 THEN asked ELSE (asked::text || ':*')::tsquery END
    FROM plainto_tsquery('simple'::regconfig, search_text(value)) AS asked $$;

CREATE TABLE post_text (
    post_id uuid PRIMARY KEY REFERENCES post,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX post_text_page ON post_text (workspace_id, livemode, post_id);
-- New rows wait unsorted until there is a megabyte of them: a search reads them all, and whoever comes to the limit sorts them in.
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

INSERT INTO post_text (post_id, workspace_id, livemode, words)
SELECT post.id, post.workspace_id, post.livemode, post_words(content)
FROM post JOIN post_revision ON post_id = post.id AND number = revision;

-- Posts of the transaction's own workspace that hold the words, newest first, from those that are older than one on. It is planned for
-- the words that are asked for: rare ones by the index of words, common ones by going back in time.
CREATE FUNCTION posts_with_words(asked text, in_livemode boolean, older_than uuid, at_most integer) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE
        'SELECT post_id FROM post_text WHERE workspace_id = $1 AND livemode = $2 AND words @@ $3 AND post_id < $4 ORDER BY post_id DESC LIMIT $5'
        USING current_setting('carillon.workspace')::uuid, in_livemode, search_query(asked),
              coalesce(older_than, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid), at_most;
END $$;
REVOKE EXECUTE ON FUNCTION posts_with_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION posts_with_words TO carillon_app;
