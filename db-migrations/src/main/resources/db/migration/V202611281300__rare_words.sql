-- Which way to posts by their words is the shorter one the planner cannot know: of a word that may go on it assumes that one post in two hundred has it, and
-- of a workspace of a million posts it then goes back in time through all of them for a word that ten have. So the newest posts are looked at first,
-- where common words are found; for what is not found there often enough, all that have the words are taken by their index, and these are few.
CREATE FUNCTION posts_with_rare_words(asked tsquery, of_workspace uuid, in_livemode boolean, older_than uuid, at_most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_indexscan = off SET enable_seqscan = off AS $$
    SELECT post_id FROM post_text
    WHERE workspace_id = of_workspace AND livemode = in_livemode AND words @@ asked AND post_id < older_than
    ORDER BY post_id DESC
    LIMIT at_most $$;
REVOKE EXECUTE ON FUNCTION posts_with_rare_words FROM PUBLIC;

CREATE OR REPLACE FUNCTION posts_with_words(asked text, in_livemode boolean, older_than uuid, at_most integer) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own CONSTANT uuid := current_setting('carillon.workspace')::uuid;
    query CONSTANT tsquery := search_query(asked);
    before CONSTANT uuid := coalesce(older_than, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid);
    found_soon uuid[];
BEGIN
    found_soon := ARRAY(
        SELECT post_id FROM (
            SELECT post_id, words FROM post_text
            WHERE workspace_id = own AND livemode = in_livemode AND post_id < before
            ORDER BY post_id DESC
            LIMIT greatest(2000, 20 * at_most)) AS newest
        WHERE words @@ query
        ORDER BY post_id DESC
        LIMIT at_most);
    IF cardinality(found_soon) = at_most THEN
        RETURN QUERY SELECT unnest(found_soon);
    ELSE
        RETURN QUERY SELECT * FROM posts_with_rare_words(query, own, in_livemode, before, at_most);
    END IF;
END $$;
