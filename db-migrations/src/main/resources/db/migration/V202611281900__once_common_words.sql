-- A word may be common and yet not be in the newest posts, because nobody speaks of that any more. To take all that have it by their index would be to look at
-- most of a workspace; so no more of them are taken than are quickly sorted, and a word that has more is looked for back in time.
CREATE OR REPLACE FUNCTION posts_with_rare_words(asked tsquery, of_workspace uuid, in_livemode boolean, older_than uuid, at_most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_indexscan = off SET enable_seqscan = off AS $$
    SELECT post_id FROM post_text
    WHERE workspace_id = of_workspace AND livemode = in_livemode AND words @@ asked AND post_id < older_than
    LIMIT at_most $$;

CREATE FUNCTION posts_with_common_words(asked tsquery, of_workspace uuid, in_livemode boolean, older_than uuid, at_most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_bitmapscan = off SET enable_seqscan = off SET enable_sort = off AS $$
    SELECT post_id FROM post_text
    WHERE workspace_id = of_workspace AND livemode = in_livemode AND words @@ asked AND post_id < older_than
    ORDER BY post_id DESC
    LIMIT at_most $$;
REVOKE EXECUTE ON FUNCTION posts_with_common_words FROM PUBLIC;

CREATE OR REPLACE FUNCTION posts_with_words(asked text, in_livemode boolean, older_than uuid, at_most integer) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own CONSTANT uuid := current_setting('carillon.workspace')::uuid;
    query CONSTANT tsquery := search_query(asked);
    before CONSTANT uuid := coalesce(older_than, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid);
    quickly_sorted CONSTANT integer := greatest(20000, at_most);
    found uuid[];
BEGIN
    found := ARRAY(
        SELECT post_id FROM (
            SELECT post_id, words FROM post_text
            WHERE workspace_id = own AND livemode = in_livemode AND post_id < before
            ORDER BY post_id DESC
            LIMIT greatest(2000, 20 * at_most)) AS newest
        WHERE words @@ query
        ORDER BY post_id DESC
        LIMIT at_most);
    IF cardinality(found) < at_most THEN
        found := ARRAY(SELECT * FROM posts_with_rare_words(query, own, in_livemode, before, quickly_sorted));
        IF cardinality(found) < quickly_sorted THEN
            found := ARRAY(SELECT post_id FROM unnest(found) AS all_of_them (post_id) ORDER BY post_id DESC LIMIT at_most);
        ELSE
            found := ARRAY(SELECT * FROM posts_with_common_words(query, own, in_livemode, before, at_most));
        END IF;
    END IF;
    RETURN QUERY SELECT unnest(found);
END $$;
