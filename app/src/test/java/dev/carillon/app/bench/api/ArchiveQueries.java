package dev.carillon.app.bench.api;

import java.util.List;

/** The statements that write a test-mode workspace with many finished posts, and a plain table for the baselines. */
final class ArchiveQueries {
    private ArchiveQueries() {}

    static final String BARE_TABLE = """
            CREATE TABLE bench_row (id uuid PRIMARY KEY, text text NOT NULL);
            GRANT SELECT, INSERT ON bench_row TO PUBLIC
            """;
    static final String BARE_INSERT = "INSERT INTO bench_row (id, text) VALUES (?, ?)";
    static final String BARE_SELECT = "SELECT text FROM bench_row WHERE id = ?";
    static final String BARE_TEXT = "A row that nothing depends on, of a usual length.";

    /** Binds the text and the number of rows. */
    static final String BARE_ROWS =
            "INSERT INTO bench_row (id, text) SELECT gen_random_uuid(), ? FROM generate_series(1, ?)";

    static final String SOME_BARE_IDS = "SELECT id FROM bench_row LIMIT ?";

    /**
     * The rows of one new post. Binds the post, workspace and key; the post, workspace and text; the publication, workspace, post, account
     * and platform; the publication and workspace; the workspace and account; the account, a text of 64 digits, the workspace and
     * publication; twice an event, the workspace, two texts with the post's name and a body; the workspace, a key, the same text of digits,
     * a reply, and the API key's name.
     */
    static final String POST_ROWS = """
            INSERT INTO post (id, workspace_id, livemode, status, revision, publish_at, api_key_id, metadata, created_at, updated_at)
            VALUES (?, ?, false, 'scheduled', 1, now() + interval '60 days', ?, '{}', now(), now());
            INSERT INTO post_revision (post_id, number, workspace_id, livemode, content, publish_at, accounts, publications, created_at)
            VALUES (?, 1, ?, false, jsonb_build_object('text', ?::text), now() + interval '60 days', 1, 1, now());
            INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, platform, position, status,
                                     publish_at, due_at, cost_micros, cost_currency, created_at, updated_at)
            VALUES (?, ?, false, ?, 1, ?, ?, 0, 'scheduled', now() + interval '60 days', now() + interval '60 days', 10000, 'usd', now(), now());
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at)
            VALUES (?, ?, false, 10000, 'usd', 'reserved', now());
            INSERT INTO publication_hint (workspace_id, livemode, lane_key, urgent, due_at) VALUES (?, false, ?, false, now() + interval '60 days');
            INSERT INTO content_guard (account_id, content_fingerprint, workspace_id, livemode, publications, publish_at)
            VALUES (?, decode(?, 'hex'), ?, false, ARRAY[?::uuid], now() + interval '60 days');
            INSERT INTO event (id, workspace_id, livemode, type, object_id, post_id, body, created_at)
            VALUES (?, ?, false, 'post.created', ?, ?, ?, now()), (?, ?, false, 'post.scheduled', ?, ?, ?, now());
            INSERT INTO idempotency_key (workspace_id, livemode, route, key, fingerprint, status, sealed_reply, created_by)
            VALUES (?, false, 'POST /v1/posts', ?, decode(?, 'hex'), 201, ?, ?)
            """;

    /** Binds the workspace. */
    static final String WORKSPACE = "INSERT INTO workspace (id, name, plan_id) VALUES (?, 'Benchmark', 'self_hosted')";

    /** Binds the workspace and its sealed key. */
    static final String KEY_OF_WORKSPACE = "INSERT INTO workspace_key (workspace_id, sealed_keyset) VALUES (?, ?)";

    static final String NUMBERING = "INSERT INTO event_sequence (workspace_id, livemode) VALUES (?, false)";

    /** Binds the group, the workspace, its name and whether it is the default one. */
    static final String GROUP = """
            INSERT INTO account_group (id, workspace_id, livemode, name, is_default) VALUES (?, ?, false, ?, ?)
            """;

    /** Binds the agent and the workspace. */
    static final String AGENT = "INSERT INTO agent (id, workspace_id, name) VALUES (?, ?, 'Rare')";

    /** Binds the key, the workspace, the secret, the scopes and the agent. */
    static final String KEY = """
            INSERT INTO api_key (id, workspace_id, livemode, name, secret_hash, last_four, scopes, agent_id)
            VALUES (?, ?, false, 'bench', sha256(?::text::bytea), '0000', string_to_array(?, ' '), ?)
            """;

    /** Binds the app's id and the workspace. */
    static final String APP =
            "INSERT INTO platform_app (id, platform, client, workspace_id) VALUES (?, 'test', 'bench', ?)";

    /** Binds the account, the workspace, the platform, the external id, the username, the group and the app. */
    static final String ACCOUNT = """
            INSERT INTO account (id, workspace_id, livemode, platform, external_id, username, account_group_id, platform_app_id, status)
            VALUES (?, ?, false, ?, ?, ?, ?, ?, 'active')
            """;

    /** Skips foreign-key checks, which hold because of how the rows are made, and triggers. Needs a superuser. */
    static final String TRUST_KEYS = "SET LOCAL session_replication_role = replica";

    /**
     * Binds the number of the first post, the number after the last one, the number of all posts, the accounts (the last one is rare),
     * their platforms, the key of people and that of an agent, words from common to rare, how many words, and the workspace.
     */
    static final String ARCHIVED = """
            CREATE TEMP TABLE archived ON COMMIT DROP AS
            SELECT nth, bench_id(moment) AS post_id, bench_id(moment) AS publication_id, moment, status,
                   CASE WHEN status = 'draft' THEN NULL WHEN status = 'scheduled' THEN moment + interval '60 days' ELSE moment END AS publish_at,
                   accounts[turn] AS account_id, platforms[turn] AS platform,
                   CASE WHEN nth % 1000 = 3 THEN agents_key ELSE peoples_key END AS api_key_id,
                   array_to_string(ARRAY(SELECT words[1 + floor(power(random(), 4) * size)::integer]
                                         FROM generate_series(1, 12) WHERE nth >= 0), ' ')
                       || CASE WHEN nth % 100000 = 9 THEN ' turmfalke' ELSE '' END AS text, workspace_id
            FROM (SELECT ?::bigint AS first, ?::bigint AS behind, ?::bigint AS count, ?::uuid[] AS accounts, string_to_array(?, ' ') AS platforms,
                         ?::uuid AS peoples_key, ?::uuid AS agents_key, string_to_array(?, ' ') AS words, ?::integer AS size,
                         ?::uuid AS workspace_id) AS given
            CROSS JOIN LATERAL generate_series(first, behind - 1) AS nth
            CROSS JOIN LATERAL (
                SELECT clock_timestamp() - interval '1 hour' - (1 - nth::float8 / count) * interval '30 days' AS moment,
                       CASE WHEN nth % 10000 = 7 THEN cardinality(accounts)
                            ELSE 1 + nth % (cardinality(accounts) - 1) END AS turn,
                       CASE WHEN nth % 100000 = 11 THEN 'canceled' WHEN nth % 100 = 1 THEN 'failed' WHEN nth % 200 = 2 THEN 'draft' WHEN nth % 100 = 5 THEN 'scheduled'
                            ELSE 'published' END AS status) AS made
            ORDER BY nth
            """;

    static final String POSTS = """
            INSERT INTO post (id, workspace_id, livemode, status, revision, publish_at, api_key_id, metadata, created_at, updated_at)
            SELECT post_id, workspace_id, false, status, 1, publish_at, api_key_id, '{}', moment, moment FROM archived ORDER BY nth
            """;

    static final String REVISIONS = """
            INSERT INTO post_revision (post_id, number, workspace_id, livemode, content, created_at)
            SELECT post_id, 1, workspace_id, false, jsonb_build_object('text', text), moment FROM archived ORDER BY nth
            """;

    static final String PUBLICATIONS = """
            INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, platform, position, status,
                                     publish_at, due_at, generation, attempts, platform_post_id, platform_refs, permalink, published_at,
                                     failure, cost_micros, cost_currency, created_at, updated_at)
            SELECT publication_id, workspace_id, false, post_id, 1, account_id, platform, 0, status,
                   publish_at, CASE WHEN status = 'scheduled' THEN publish_at END, 1, 1, out.id, jsonb_build_object('id', out.id),
                   'https://platform.example/' || out.id, CASE WHEN status = 'published' THEN moment END,
                   CASE WHEN status = 'failed' THEN '{"code": "CONTENT_INVALID", "message": "The platform did not take it."}'::jsonb END,
                   10000, 'usd', moment, moment
            FROM archived
            LEFT JOIN LATERAL (SELECT publication_id::text AS id WHERE status = 'published') AS out ON true
            ORDER BY nth
            """;

    /** The rows that triggers would write. */
    static final String TARGETS = """
            INSERT INTO post_target (account_id, post_id, workspace_id, livemode, platform)
            SELECT account_id, post_id, workspace_id, false, platform FROM archived ORDER BY nth
            """;

    static final String APART = """
            INSERT INTO rare_post (workspace_id, livemode, status, post_id)
            SELECT workspace_id, false, status, post_id FROM archived WHERE is_rare_status(status) ORDER BY nth
            """;

    static final String TEXTS = """
            INSERT INTO post_text (post_id, workspace_id, livemode, words)
            SELECT post_id, workspace_id, false, post_words(jsonb_build_object('text', text)) FROM archived ORDER BY nth
            """;

    /** The index is dropped and created again after all posts are written, which is much faster than maintaining it. */
    static final String HOW_WORDS_ARE_INDEXED = "SELECT indexdef FROM pg_indexes WHERE indexname = 'post_text_words'";

    static final String WITHOUT_INDEX_OF_WORDS = "DROP INDEX post_text_words";

    static final List<String> OF_A_CHUNK = List.of(POSTS, REVISIONS, PUBLICATIONS, TARGETS, APART, TEXTS);

    /** Some posts, spread over the table. Binds a percentage and a number of posts. */
    static final String SOME_POSTS = "SELECT id FROM post TABLESAMPLE SYSTEM (?) LIMIT ?";

    /** The last post of a page. Binds the workspace and the number of posts before it. */
    static final String POST_AT = """
            SELECT id FROM post WHERE workspace_id = ? AND NOT livemode ORDER BY id DESC OFFSET ? LIMIT 1
            """;
}
