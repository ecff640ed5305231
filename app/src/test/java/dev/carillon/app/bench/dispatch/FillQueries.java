package dev.carillon.app.bench.dispatch;

/** The statements that write the same rows as the API, many at a time. */
final class FillQueries {
    private FillQueries() {}

    /** Binds the number of workspaces. */
    static final String TENANTS = """
            CREATE TEMP TABLE fresh ON COMMIT DROP AS
            SELECT bench_id(clock_timestamp()) AS workspace_id, bench_id(clock_timestamp()) AS group_id,
                   bench_id(clock_timestamp()) AS api_key_id
            FROM generate_series(1, ?)
            """;

    static final String WORKSPACES = """
            INSERT INTO workspace (id, name, plan_id) SELECT workspace_id, 'Benchmark', 'self_hosted' FROM fresh
            """;

    static final String NUMBERING = """
            INSERT INTO event_sequence (workspace_id, livemode) SELECT workspace_id, true FROM fresh
            """;

    static final String GROUPS = """
            INSERT INTO account_group (id, workspace_id, livemode, name, is_default)
            SELECT group_id, workspace_id, true, 'Default', true FROM fresh
            """;

    static final String KEYS = """
            INSERT INTO api_key (id, workspace_id, livemode, name, secret_hash, last_four, scopes)
            SELECT api_key_id, workspace_id, true, 'bench', sha256(api_key_id::text::bytea), '0000', '{}' FROM fresh
            """;

    static final String APP = """
            INSERT INTO platform_app (id, platform, client) VALUES (bench_id(clock_timestamp()), ?, 'bench')
            ON CONFLICT (platform, client, workspace_id) DO UPDATE SET client = excluded.client
            """;

    /** Binds the platform, the accounts of each workspace, and the platform again. */
    static final String ACCOUNTS = """
            WITH person AS (
                INSERT INTO platform_identity (id, platform, external_id)
                SELECT bench_id(clock_timestamp()), ?, workspace_id || '/' || nth FROM fresh, generate_series(1, ?) AS nth
                RETURNING id, platform, external_id)
            INSERT INTO account (id, workspace_id, livemode, platform, external_id, account_group_id, platform_app_id,
                                 platform_identity_id, username, status)
            SELECT bench_id(clock_timestamp()), fresh.workspace_id, true, person.platform, person.external_id, fresh.group_id,
                   app.id, person.id, 'bench', 'active'
            FROM person
            JOIN fresh ON fresh.workspace_id::text = split_part(person.external_id, '/', 1)
            JOIN platform_app AS app ON app.platform = ? AND app.client = 'bench'
            RETURNING id
            """;

    /**
     * Binds the time of the first post, the microseconds between posts, the number of posts, the accounts, which take turns, and their
     * number.
     */
    static final String POSTS_TO_BE = """
            CREATE TEMP TABLE fresh ON COMMIT DROP AS
            SELECT bench_id(clock_timestamp()) AS post_id, bench_id(clock_timestamp()) AS publication_id,
                   bench_id(clock_timestamp()) AS event_id, clock_timestamp() AS accepted_at,
                   ?::timestamptz + nth * ? * interval '1 microsecond' AS publish_at,
                   account.workspace_id, account.livemode, account.id AS account_id, account.platform, api_key.id AS api_key_id
            FROM generate_series(0, ? - 1) AS nth
            JOIN unnest(?::uuid[]) WITH ORDINALITY AS turn (account_id, place) ON turn.place = 1 + nth % ?
            JOIN account ON account.id = turn.account_id
            JOIN api_key ON api_key.workspace_id = account.workspace_id AND api_key.livemode = account.livemode
            ORDER BY nth
            """;

    static final String POSTS = """
            INSERT INTO post (id, workspace_id, livemode, status, revision, publish_at, api_key_id, metadata, created_at, updated_at)
            SELECT post_id, workspace_id, livemode, 'scheduled', 1, publish_at, api_key_id, '{}', accepted_at, accepted_at FROM fresh
            """;

    static final String REVISIONS = """
            INSERT INTO post_revision (post_id, number, workspace_id, livemode, content, publish_at, accounts, publications, created_at)
            SELECT post_id, 1, workspace_id, livemode, jsonb_build_object(
                       'text', 'What a post says, at the usual length: a sentence or two, a link https://carillon.example/'
                               || left(post_id::text, 18) || ' and a #tag.'),
                   publish_at, 1, 1, accepted_at
            FROM fresh
            """;

    static final String PUBLICATIONS = """
            INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, platform, position, status,
                                     publish_at, urgent, due_at, cost_micros, cost_currency, created_at, updated_at)
            SELECT publication_id, workspace_id, livemode, post_id, 1, account_id, platform, 0, 'scheduled',
                   publish_at, false, publish_at, 10000, 'usd', accepted_at, accepted_at
            FROM fresh
            """;

    static final String RESERVATIONS = """
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at)
            SELECT publication_id, workspace_id, livemode, 10000, 'usd', 'reserved', accepted_at FROM fresh
            """;

    static final String HINTS = """
            INSERT INTO publication_hint (workspace_id, livemode, lane_key, urgent, due_at)
            SELECT workspace_id, livemode, account_id, false, publish_at FROM fresh
            """;

    static final String EVENTS = """
            INSERT INTO event (id, workspace_id, livemode, type, object_id, post_id, body, created_at)
            SELECT event_id, workspace_id, livemode, 'post.created', 'post_' || post_id, 'post_' || post_id,
                   json_build_object('id', 'evt_' || event_id, 'object', 'event', 'type', 'post.created', 'api_version', '2026-11-28',
                       'livemode', livemode, 'created_at', accepted_at, 'data', json_build_object('object', json_build_object(
                           'id', 'post_' || post_id, 'object', 'post', 'status', 'scheduled', 'publish_at', publish_at,
                           'publications', json_build_array(json_build_object(
                               'id', 'pub_' || publication_id, 'object', 'publication', 'post_id', 'post_' || post_id,
                               'account_id', 'acct_' || account_id, 'platform', platform, 'position', 0, 'part', 0, 'parent_publication_id', NULL, 'status', 'scheduled',
                               'publish_at', publish_at, 'next_attempt_at', publish_at, 'published_at', null,
                               'platform_post_id', null, 'permalink', null, 'vanished_at', null, 'deleted_at', null,
                               'error', null,
                               'cost', json_build_object('amount_micros', 10000, 'currency', 'usd'),
                               'livemode', livemode, 'created_at', accepted_at)),
                           'metadata', json_build_object(), 'livemode', livemode, 'created_at', accepted_at)))::text,
                   accepted_at
            FROM fresh
            """;
}
