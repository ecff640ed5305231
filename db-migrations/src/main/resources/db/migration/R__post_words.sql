-- Repeatable: Flyway runs this file again when it changes. A repeatable function never changes its signature (a new signature is a new
-- function), because processes of the previous release still call it.

-- How texts become words for the search. post_text stores the result of post_words. So a change of search_text or post_words also needs a
-- statement that computes post_text again, at the end of this file: versioned migrations run too early for it.

-- Words are compared without case and accents. Each Chinese or Japanese character is a word, because these languages put nothing between
-- words.
CREATE OR REPLACE FUNCTION search_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f\u3099\u309a]+', '', 'g')),
                          '([\u3041-\u30ff\u3400-\u9fff])', ' \1 ', 'g') $$;

-- Every text of a revision, wherever it is in the content: the common text, those of targets, those of further parts.
CREATE OR REPLACE FUNCTION post_words(content jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT strip(to_tsvector('simple'::regconfig, search_text(left(coalesce(string_agg(said #>> '{}', ' '), ''), 100000))))
    FROM jsonb_path_query(content, '$.**.text') AS said WHERE jsonb_typeof(said) = 'string' $$;

-- All of the words must match; the last one may be the beginning of a longer word.
CREATE OR REPLACE FUNCTION search_query(value text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN numnode(asked) = 0 THEN asked ELSE (asked::text || ':*')::tsquery END
    FROM plainto_tsquery('simple'::regconfig, search_text(value)) AS asked $$;
