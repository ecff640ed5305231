CREATE TABLE post (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL REFERENCES workspace,
    livemode boolean NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'pending_approval', 'scheduled', 'in_progress', 'published', 'partially_published', 'failed', 'canceled')),
    revision integer NOT NULL,
    publish_at timestamptz,
    api_key_id uuid,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, api_key_id) REFERENCES api_key (workspace_id, livemode, id)
) WITH (fillfactor = 85);
CREATE INDEX post_page ON post (workspace_id, livemode, id DESC);
COMMENT ON COLUMN post.status IS 'derived from its publications (PostStatus.of), kept here for lists';
SELECT isolate_tenants('post', 'SELECT, INSERT, UPDATE');

-- What a post said at one time; never changed.
CREATE TABLE post_revision (
    post_id uuid NOT NULL,
    number integer NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    content jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (post_id, number),
    FOREIGN KEY (workspace_id, livemode, post_id) REFERENCES post (workspace_id, livemode, id)
);
SELECT isolate_tenants('post_revision', 'SELECT, INSERT');

CREATE TABLE publication (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    post_id uuid NOT NULL,
    revision integer NOT NULL,
    account_id uuid NOT NULL,
    platform text NOT NULL,
    position integer NOT NULL,
    parent_publication_id uuid,
    root_publication_id uuid,
    status text NOT NULL CHECK (status IN ('draft', 'pending_approval', 'scheduled', 'held', 'publishing', 'processing', 'published', 'failed', 'outcome_unknown', 'missed', 'canceled')),
    publish_at timestamptz,
    due_at timestamptz,
    lease_until timestamptz,
    generation bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    failed_attempts integer NOT NULL DEFAULT 0,
    checkpoint jsonb,
    ticket jsonb,
    platform_post_id text,
    platform_refs jsonb,
    permalink text,
    published_at timestamptz,
    hold_reason text,
    failure jsonb,
    cost_micros bigint NOT NULL CHECK (cost_micros >= 0),
    cost_currency text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, post_id) REFERENCES post (workspace_id, livemode, id),
    FOREIGN KEY (post_id, revision) REFERENCES post_revision (post_id, number),
    FOREIGN KEY (workspace_id, livemode, account_id) REFERENCES account (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, parent_publication_id) REFERENCES publication (workspace_id, livemode, id),
    FOREIGN KEY (workspace_id, livemode, root_publication_id) REFERENCES publication (workspace_id, livemode, id),
    CHECK (status <> 'scheduled' OR due_at IS NOT NULL)
) WITH (fillfactor = 80);
CREATE INDEX publication_of_post ON publication (post_id, position);
CREATE INDEX publication_due ON publication (account_id, due_at) WHERE status = 'scheduled' AND lease_until IS NULL;
CREATE INDEX publication_leased ON publication (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX publication_in_flight ON publication (workspace_id, livemode) WHERE lease_until IS NOT NULL;
CREATE INDEX publication_unsettled ON publication (due_at) WHERE status IN ('processing', 'outcome_unknown') AND lease_until IS NULL;
CREATE INDEX publication_waiting ON publication (account_id) WHERE status IN ('scheduled', 'held');
COMMENT ON COLUMN publication.publish_at IS 'business time that the caller asked for';
COMMENT ON COLUMN publication.due_at IS 'business time at which the row next wants attention: publish_at, a retry, a look-up';
COMMENT ON COLUMN publication.lease_until IS 'database time; set while a process has the row';
COMMENT ON COLUMN publication.generation IS 'raised by every claim and cancel; a write that names an older one is refused';
COMMENT ON COLUMN publication.failed_attempts IS 'attempts that were retried by schedule; a throttled one does not count';
COMMENT ON COLUMN publication.checkpoint IS 'what the connector decided before its irreversible call: a chosen key, an upload id';
SELECT isolate_tenants('publication', 'SELECT, INSERT, UPDATE');

-- One try. The row, with its mark, is committed before the irreversible call.
CREATE TABLE attempt (
    publication_id uuid NOT NULL,
    number integer NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    generation bigint NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    outcome text,
    code text,
    message text,
    PRIMARY KEY (publication_id, number),
    UNIQUE (publication_id, generation)
) PARTITION BY RANGE (publication_id);
COMMENT ON COLUMN attempt.started_at IS 'database time of the mark';
SELECT isolate_tenants('attempt', 'SELECT');
