-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- The search for posts by words, within the transaction's own workspace. One plan reads the index of words, which is fast for rare words; the
-- other scans posts back in time, which is fast for common ones. The planner cannot choose: of a word that may continue, it assumes that one
-- post in two hundred has it, so in a workspace of a million posts it scanned back in time through all of them for a word that ten posts have.
-- So each plan has a function whose settings allow no other, and posts_with_words tries them in turn.

-- The plan for rare words: posts with the words, in no order, by the index of words.
CREATE OR REPLACE FUNCTION posts_with_rare_words(asked tsquery, of_workspace uuid, in_livemode boolean, older_than uuid, at_most integer)
    RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_indexscan = off SET enable_seqscan = off AS $$
    SELECT post_id FROM post_text
    WHERE workspace_id = of_workspace AND livemode = in_livemode AND words @@ asked AND post_id < older_than
    LIMIT at_most $$;

-- The plan for common words: posts with the words, newest first, by scanning back in time.
CREATE OR REPLACE FUNCTION posts_with_common_words(asked tsquery, of_workspace uuid, in_livemode boolean, older_than uuid, at_most integer)
    RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_bitmapscan = off SET enable_seqscan = off SET enable_sort = off AS $$
    SELECT post_id FROM post_text
    WHERE workspace_id = of_workspace AND livemode = in_livemode AND words @@ asked AND post_id < older_than
    ORDER BY post_id DESC
    LIMIT at_most $$;

-- Posts with the words, newest first, from those older than the given one on.
-- 1. The newest posts are checked, which is enough for a common word.
-- 2. If these have too few matches, all posts with the words are read by the index of words, but no more than are sorted quickly.
-- 3. If there are more, the word is common, yet not in the newest posts: the posts are scanned back in time.
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

-- All posts with the words, in no order, if there are fewer than the limit, to be checked against the other filters of a list. The newest posts
-- are not checked first: the older ones decide whether the words are rare.
CREATE OR REPLACE FUNCTION are_rare_words(asked text, in_livemode boolean, older_than uuid, fewer_than integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT posts_with_rare_words(search_query(asked), current_setting('carillon.workspace')::uuid, in_livemode, older_than, fewer_than) $$;

REVOKE EXECUTE ON FUNCTION posts_with_rare_words, posts_with_common_words, posts_with_words, are_rare_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION posts_with_words, are_rare_words TO carillon_app;
