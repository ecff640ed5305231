-- Publications, their attempts and steps, the duplicate guard, and platform commands.

-- A post on one account. The parts of a thread are publications too: each is held until its parent is published, and then replies to it. A
-- publication outside a thread has neither parent nor root, so threads cost other posts nothing.
CREATE TABLE publication (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    post_id uuid NOT NULL,
    revision integer NOT NULL,
    account_id uuid NOT NULL,
    live_account_id uuid,
    platform text NOT NULL,
    position integer NOT NULL,
    part integer NOT NULL DEFAULT 0,
    parent_publication_id uuid,
    root_publication_id uuid,
    status text NOT NULL CHECK (status IN ('draft', 'pending_approval', 'scheduled', 'held', 'publishing', 'processing', 'published', 'failed', 'outcome_unknown', 'missed', 'canceled')),
    hold_reason text,
    publish_at timestamptz,
    urgent boolean NOT NULL DEFAULT false,
    due_at timestamptz,
    late_since timestamptz,
    claimed_at timestamptz,
    lease_until timestamptz,
    generation bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    failed_attempts integer NOT NULL DEFAULT 0,
    checkpoint jsonb,
    ticket jsonb,
    failure jsonb,
    look_ups integer NOT NULL DEFAULT 0,
    repeat_until timestamptz,
    platform_post_id text,
    platform_refs jsonb,
    permalink text,
    published_at timestamptz,
    check_at timestamptz,
    check_lease_until timestamptz,
    vanished_at timestamptz,
    deleted_at timestamptz,
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
    FOREIGN KEY (account_id, live_account_id) REFERENCES sandbox_account (account_id, live_account_id),
    CHECK (status <> 'scheduled' OR due_at IS NOT NULL),
    CHECK ((parent_publication_id IS NULL) = (part = 0)),
    CHECK (part = 0 OR root_publication_id IS NOT NULL)
) WITH (fillfactor = 80);
-- A publication goes through three updates, and each of them writes every index whose columns or condition it touches. So there are few
-- indexes, most of them partial: one serves everything that is leased, and the open work of an account is found through what is due, leased
-- or held.
CREATE INDEX publication_of_post ON publication (post_id, position);
CREATE INDEX publication_unsettled ON publication (due_at) WHERE status IN ('processing', 'outcome_unknown') AND lease_until IS NULL;
CREATE INDEX publication_due ON publication (account_id, urgent, due_at) WHERE status = 'scheduled' AND lease_until IS NULL;
CREATE INDEX publication_leased ON publication (workspace_id, livemode, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX publication_held ON publication (account_id) WHERE status = 'held';
CREATE INDEX publication_to_check ON publication (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX publication_repeating ON publication (repeat_until) WHERE repeat_until IS NOT NULL AND status = 'scheduled';
-- Where a platform finds a post only by its content, the post that it shows must not be the one of another publication. Platforms with exact
-- lookups are left out, so that they do not pay for this index.
CREATE INDEX publication_shown_post ON publication (account_id, platform_post_id)
    WHERE platform_post_id IS NOT NULL
      AND platform IN ('x', 'facebook', 'linkedin', 'linkedin_page', 'pinterest', 'reddit', 'tiktok');
-- Find what is due by a test clock without reading other tenants' rows. Rows of live mode are in neither index.
CREATE INDEX publication_test_unsettled ON publication (workspace_id, due_at)
    WHERE NOT livemode AND status IN ('processing', 'outcome_unknown') AND lease_until IS NULL;
CREATE INDEX publication_test_check ON publication (workspace_id, check_at) WHERE NOT livemode AND check_at IS NOT NULL;
CREATE UNIQUE INDEX publication_thread ON publication (root_publication_id, part) WHERE root_publication_id IS NOT NULL;
-- For the check of the foreign key when a draft is deleted.
CREATE INDEX publication_parent ON publication (parent_publication_id) WHERE parent_publication_id IS NOT NULL;
COMMENT ON COLUMN publication.live_account_id IS 'of a simulated post: the live account that the caller named, whose place account_id takes';
COMMENT ON COLUMN publication.part IS 'its place in the thread; 0 for the post itself';
COMMENT ON COLUMN publication.parent_publication_id IS 'the publication that it waits for and replies to';
COMMENT ON COLUMN publication.root_publication_id IS 'the first publication of its thread, which has its own id here; null outside a thread';
COMMENT ON COLUMN publication.publish_at IS 'business time that the caller asked for';
COMMENT ON COLUMN publication.urgent IS 'published "now": it uses the dispatcher''s reserved capacity, in a lane of its own';
COMMENT ON COLUMN publication.due_at IS 'business time of its next work: publish_at, a retry, a lookup';
COMMENT ON COLUMN publication.late_since IS 'business time when it was first due, kept when a deferral moved due_at, so that its lateness still counts from there';
COMMENT ON COLUMN publication.claimed_at IS 'database time of the latest claim';
COMMENT ON COLUMN publication.lease_until IS 'database time; set while a process holds the row';
COMMENT ON COLUMN publication.generation IS 'incremented by every claim and cancellation; a write that names an older one is refused';
COMMENT ON COLUMN publication.failed_attempts IS 'attempts that were followed by a scheduled retry; throttled ones do not count';
COMMENT ON COLUMN publication.checkpoint IS 'what the connector fixed before its irreversible call, such as a key or an upload id';
COMMENT ON COLUMN publication.look_ups IS 'how often the platform was asked since the outcome became unknown; once published, how often it did not answer whether the post still exists';
COMMENT ON COLUMN publication.repeat_until IS 'database time after which it may not be sent again without a lookup, because the platform no longer recognizes a repetition of the attempt whose outcome is unknown; null if no outcome is unknown, or if the platform recognizes repetitions forever';
COMMENT ON COLUMN publication.check_at IS 'business time of the check that follows a success; null once its answer is known';
COMMENT ON COLUMN publication.check_lease_until IS 'database time until which one process carries out the check of check_at';
COMMENT ON COLUMN publication.vanished_at IS 'when the check found that the post no longer exists';
COMMENT ON COLUMN publication.deleted_at IS 'when the platform deleted the post at the caller''s request';
-- A draft may lose a target, and an unsent thread a part. Nothing has come of such a publication, so it is deleted with everything about it.
SELECT isolate_tenants('publication', 'SELECT, INSERT, UPDATE, DELETE');

-- A bound caller sees the publications of the posts that it sees, and inserts publications only for accounts that it reaches.
CREATE POLICY within_bounds ON publication AS RESTRICTIVE TO carillon_app
    USING ((SELECT caller_bounds()) IS NULL OR post_is_within(post_id, (SELECT caller_bounds())))
    WITH CHECK ((SELECT caller_bounds()) IS NULL OR account_is_within(account_id, (SELECT caller_bounds())));

-- One run at publishing. The row is committed before the irreversible call; the outcome and the calls are added when the attempt ends.
CREATE TABLE attempt (
    publication_id uuid NOT NULL,
    number integer NOT NULL,
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    generation bigint NOT NULL,
    worker text,
    claimed_at timestamptz,
    started_at timestamptz NOT NULL,
    clock_at timestamptz,
    call_until timestamptz,
    ended_at timestamptz,
    outcome text,
    code text,
    message text,
    platform_request_id text,
    platform_message text,
    exchanges jsonb,
    PRIMARY KEY (publication_id, number),
    UNIQUE (publication_id, generation)
) PARTITION BY RANGE (publication_id);
-- Attempts are started in the order of time, so a summary of each range of pages is enough to find those of the last hour.
CREATE INDEX attempt_started ON attempt USING brin (started_at) WITH (autosummarize = on);
CREATE TRIGGER set_clock_at BEFORE INSERT ON attempt
    FOR EACH ROW WHEN (NOT new.livemode) EXECUTE FUNCTION set_clock_at();
COMMENT ON COLUMN attempt.worker IS 'the process that made it';
COMMENT ON COLUMN attempt.started_at IS 'database time of the attempt start';
COMMENT ON COLUMN attempt.clock_at IS 'time of the tenant''s test clock at the start, by which the timeline is ordered; null in real time';
COMMENT ON COLUMN attempt.call_until IS 'database time after which this attempt sends nothing more to the platform';
COMMENT ON COLUMN attempt.platform_request_id IS 'the id by which the platform''s support finds the last call';
COMMENT ON COLUMN attempt.platform_message IS 'the platform''s own words';
COMMENT ON COLUMN attempt.exchanges IS 'its calls in order, as far as they may be stored: ids, enums and numbers as they were, texts as length and hash; null if it made none';
-- A person who resolves an unknown outcome ends the attempt.
SELECT isolate_tenants('attempt', 'SELECT, UPDATE (ended_at, outcome)');

-- What people and lookups did to a publication, in addition to its attempts. A publication without problems has no steps.
CREATE TABLE publication_step (
    publication_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    kind text NOT NULL,
    generation bigint NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    clock_at timestamptz,
    PRIMARY KEY (publication_id, id),
    FOREIGN KEY (workspace_id, livemode, publication_id) REFERENCES publication (workspace_id, livemode, id)
);
CREATE TRIGGER set_clock_at BEFORE INSERT ON publication_step
    FOR EACH ROW WHEN (NOT new.livemode) EXECUTE FUNCTION set_clock_at();
COMMENT ON COLUMN publication_step.at IS 'database time';
COMMENT ON COLUMN publication_step.clock_at IS 'time of the tenant''s test clock, by which the timeline is ordered; null in real time';
SELECT isolate_tenants('publication_step', 'SELECT, INSERT, DELETE');

-- The duplicate guard: content that was accepted for an account. A transaction that creates publications upserts the row and then looks at
-- the publications that it names; of two concurrent transactions with the same content, the second waits for the first and sees its row.
CREATE TABLE content_guard (
    account_id uuid NOT NULL,
    content_fingerprint bytea NOT NULL,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    publications uuid[] NOT NULL,
    publish_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, content_fingerprint),
    FOREIGN KEY (workspace_id, livemode, account_id) REFERENCES account (workspace_id, livemode, id)
);
CREATE INDEX content_guard_time ON content_guard (account_id, publish_at);
COMMENT ON COLUMN content_guard.content_fingerprint IS 'SHA-256 of account, normalized text and media; the text itself is not stored here';
COMMENT ON COLUMN content_guard.publications IS 'publications with this content whose time may still be within the window';
COMMENT ON COLUMN content_guard.publish_at IS 'business time at which the last of them is to be published';
SELECT isolate_tenants('content_guard', 'SELECT, INSERT, UPDATE');

-- Work on a platform besides publishing, requested by a caller and run by a worker. The API writes the row and waits a limited time for its
-- end. Commands are rare, so they need no lanes. All times are database time.
CREATE TABLE platform_command (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    livemode boolean NOT NULL,
    publication_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('reconcile', 'delete')),
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until timestamptz,
    generation bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    failure jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    FOREIGN KEY (workspace_id, livemode, publication_id) REFERENCES publication (workspace_id, livemode, id)
);
-- A caller that requests what is already in progress waits for the existing command.
CREATE UNIQUE INDEX platform_command_open ON platform_command (publication_id, kind) WHERE ended_at IS NULL;
CREATE INDEX platform_command_due ON platform_command (due_at) WHERE ended_at IS NULL;
CREATE INDEX platform_command_ended ON platform_command (ended_at) WHERE ended_at IS NOT NULL;
COMMENT ON COLUMN platform_command.generation IS 'incremented by every claim; a write that names an older one is refused';
COMMENT ON COLUMN platform_command.failure IS 'of the last try; together with ended_at, the reason why it was given up';
SELECT isolate_tenants('platform_command', 'SELECT, INSERT, UPDATE');
