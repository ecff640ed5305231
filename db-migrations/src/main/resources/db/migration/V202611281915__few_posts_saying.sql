-- All posts of the transaction's own workspace that hold the words, in no order, where there are fewer than so many: to be held against what else is asked for.
-- The newest posts are no help here, because it is the old ones that decide whether the words are rare.
CREATE FUNCTION are_rare_words(asked text, in_livemode boolean, older_than uuid, fewer_than integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT posts_with_rare_words(search_query(asked), current_setting('carillon.workspace')::uuid, in_livemode, older_than, fewer_than) $$;
REVOKE EXECUTE ON FUNCTION are_rare_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION are_rare_words TO carillon_app;
