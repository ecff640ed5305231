-- Posts and their revisions.

-- A simulated post belongs to test mode, although a live key created it: its rows are test rows, on sandbox accounts. The key therefore has
-- a column of its own, live_api_key_id, whose foreign key takes the mode from "sandbox".
CREATE TABLE post (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    sandbox boolean NOT NULL DEFAULT false,
    status text NOT NULL CHECK (status IN ('draft', 'pending_approval', 'scheduled', 'in_progress', 'published', 'partially_published', 'failed', 'canceled')),
    revision integer NOT NULL,
    publish_at timestamptz,
    grace_seconds integer CHECK (grace_seconds BETWEEN 60 AND 2592000),
    misfire_policy text CHECK (misfire_policy IN ('skip', 'publish')),
    api_key_id uuid,
    live_api_key_id uuid,
    member_id uuid,
    callback_endpoint_id uuid,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, api_key_id) REFERENCES api_key (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, sandbox, live_api_key_id) REFERENCES api_key (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id),
    FOREIGN KEY (workspace_id, livemode, callback_endpoint_id) REFERENCES webhook_endpoint (workspace_id, livemode, id),
    CHECK (NOT sandbox OR NOT livemode AND api_key_id IS NULL),
    CHECK (sandbox OR live_api_key_id IS NULL)
) WITH (fillfactor = 85);
-- Pages of posts need no index of their own: the unique key on workspace, mode and id is read backwards. The other indexes cover the filters
-- of lists. None of their columns changes while a post is published, so these updates stay within their page.
CREATE INDEX post_sandbox ON post (workspace_id, id) WHERE sandbox;
CREATE INDEX post_of_key ON post (coalesce(api_key_id, live_api_key_id), id);
CREATE INDEX post_created ON post (workspace_id, livemode, created_at);
CREATE INDEX post_to_publish ON post (workspace_id, livemode, publish_at) WHERE publish_at IS NOT NULL;
COMMENT ON COLUMN post.sandbox IS 'a live key created it; live keys may read and change such posts, and nothing else in test mode';
COMMENT ON COLUMN post.status IS 'derived from its publications (PostStatus.of), stored for lists';
COMMENT ON COLUMN post.grace_seconds IS 'null for the workspace''s value';
COMMENT ON COLUMN post.misfire_policy IS 'null for the workspace''s value';
COMMENT ON COLUMN post.live_api_key_id IS 'the live key that created it, if it is a simulated post; api_key_id is null then';
COMMENT ON COLUMN post.member_id IS 'the member who created it, if it was a signed-in user; no key is named then';
COMMENT ON COLUMN post.callback_endpoint_id IS 'receives this post''s events, in addition to the workspace''s endpoints';
SELECT isolate_tenants('post', 'SELECT, INSERT, UPDATE');

-- One version of a post's content, and what was requested with it, so that the timeline shows what was accepted at the time. Rows never change.
CREATE TABLE post_revision (
    post_id uuid NOT NULL,
    number integer NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    content jsonb NOT NULL,
    publish_at timestamptz,
    accounts integer,
    publications integer,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (post_id, number),
    FOREIGN KEY (workspace_id, livemode, post_id) REFERENCES post (workspace_id, livemode, id)
);
COMMENT ON COLUMN post_revision.publish_at IS 'business time; null for a draft';
COMMENT ON COLUMN post_revision.accounts IS 'number of accounts that it goes to';
COMMENT ON COLUMN post_revision.publications IS 'number of its publications, including the parts of a thread';
SELECT isolate_tenants('post_revision', 'SELECT, INSERT');

-- Whether all accounts of a post are within the bounds; false for a post without publications. It has the owner's rights, because the
-- caller may not see the other publications; it returns only yes or no.
CREATE FUNCTION post_is_within(post uuid, bounds uuid[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT bool_and(account_is_within(publication.account_id, bounds))
                     FROM publication WHERE publication.post_id = post_is_within.post), false);
END $$;
REVOKE EXECUTE ON FUNCTION post_is_within FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_is_within TO carillon_app;

-- A bound caller sees a post, and with it its publications, if it reaches all of the post's accounts. A post is written before its
-- publications, so every caller may insert one.
CREATE POLICY within_bounds ON post AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR post_is_within(id, (SELECT caller_bounds())))
    WITH CHECK (true);
