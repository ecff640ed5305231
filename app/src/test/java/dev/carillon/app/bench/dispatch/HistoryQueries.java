package dev.carillon.app.bench.dispatch;

/** The statements that write the rows of posts that were published long ago. */
final class HistoryQueries {
    private HistoryQueries() {}

    /** Partitions for past months; {@code keep_partitions} creates only those of the coming months. */
    static final String PARTITIONS = """
            DO $$
            DECLARE
                which record;
            BEGIN
                FOR which IN SELECT parent, date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') - nth * interval '1 month' AS month_start
                             FROM partitioned_tables(), generate_series(1, 2) AS nth LOOP
                    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                        which.parent || '_' || to_char(which.month_start, 'YYYYMM'), which.parent,
                        first_uuid_at(which.month_start AT TIME ZONE 'UTC'),
                        first_uuid_at((which.month_start + interval '1 month') AT TIME ZONE 'UTC'));
                END LOOP;
            END $$
            """;

    /**
     * An open row is shorter than a finished one. Pages filled only with finished rows would each keep a hole for one open row, and new
     * rows would spread over all of these pages. A table in long use has filled its holes.
     */
    static final String FILL_MORE = """
            ALTER TABLE publication SET (fillfactor = 86);
            ALTER TABLE post SET (fillfactor = 90);
            ALTER TABLE spend_reservation SET (fillfactor = 88)
            """;

    static final String FILL_AS_EVER = """
            ALTER TABLE publication SET (fillfactor = 80);
            ALTER TABLE post SET (fillfactor = 85);
            ALTER TABLE spend_reservation SET (fillfactor = 85)
            """;

    /** Skips foreign-key checks, which hold because of how the rows are made. Needs a superuser. */
    static final String TRUST_KEYS = "SET LOCAL session_replication_role = replica";

    /**
     * Binds the number of the first row, the number after the last one, the number of all rows, the days that they reach back, the accounts
     * and their number.
     */
    static final String PAST = """
            CREATE TEMP TABLE past ON COMMIT DROP AS
            SELECT bench_id(moment) AS post_id, bench_id(moment) AS publication_id, bench_id(moment) AS attempt_id,
                   bench_id(moment) AS meter_event_id, moment, account.workspace_id, account.livemode, account.id AS account_id,
                   account.platform, api_key.id AS api_key_id
            FROM generate_series(?::bigint, ? - 1) AS nth
            CROSS JOIN LATERAL (
                SELECT clock_timestamp() - interval '1 hour' - (1 - nth::float8 / ?) * ? * interval '1 day' AS moment) AS made
            JOIN unnest(?::uuid[]) WITH ORDINALITY AS turn (account_id, place) ON turn.place = 1 + nth % ?
            JOIN account ON account.id = turn.account_id
            JOIN api_key ON api_key.workspace_id = account.workspace_id AND api_key.livemode = account.livemode
            ORDER BY nth
            """;

    static final String POSTS = """
            INSERT INTO post (id, workspace_id, livemode, status, revision, publish_at, api_key_id, metadata, created_at, updated_at)
            SELECT post_id, workspace_id, livemode, 'published', 1, moment, api_key_id, '{}', moment, moment FROM past
            """;

    static final String REVISIONS = """
            INSERT INTO post_revision (post_id, number, workspace_id, livemode, content, publish_at, publications, created_at)
            SELECT post_id, 1, workspace_id, livemode, jsonb_build_object(
                       'text', 'What a post said, at the usual length: a sentence or two, a link https://carillon.example/'
                               || left(post_id::text, 18) || ' and a #tag.'),
                   moment, 1, moment
            FROM past
            """;

    static final String PUBLICATIONS = """
            INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, platform, position, status,
                                     publish_at, generation, attempts, platform_post_id, platform_refs, permalink, published_at,
                                     cost_micros, cost_currency, created_at, updated_at)
            SELECT publication_id, workspace_id, livemode, post_id, 1, account_id, platform, 0, 'published',
                   moment, 1, 1, publication_id, jsonb_build_object('id', publication_id), 'https://platform.example/' || publication_id,
                   moment, 10000, 'usd', moment, moment
            FROM past
            """;

    static final String ATTEMPTS = """
            INSERT INTO attempt (publication_id, number, id, workspace_id, livemode, generation, started_at, ended_at, outcome)
            SELECT publication_id, 1, attempt_id, workspace_id, livemode, 1, moment, moment, 'published' FROM past
            """;

    static final String METER_EVENTS = """
            INSERT INTO meter_event (publication_id, meter, id, workspace_id, livemode, account_id, api_key_id, platform,
                                     quantity, amount_micros, currency, occurred_at, reported_at)
            SELECT publication_id, 'publications', meter_event_id, workspace_id, livemode, account_id, api_key_id, platform,
                   1, 10000, 'usd', moment, moment
            FROM past
            """;

    static final String RESERVATIONS = """
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at, closed_at)
            SELECT publication_id, workspace_id, livemode, 10000, 'usd', 'settled', moment, moment FROM past
            """;

    static final String EVENTS = """
            INSERT INTO event (id, workspace_id, livemode, type, object_id, sequence, body, created_at)
            SELECT bench_id(moment), workspace_id, livemode, 'publication.published', 'pub_' || publication_id, nextval('past_number'),
                   json_build_object('id', 'evt_' || post_id, 'object', 'event', 'type', 'publication.published',
                       'api_version', '2026-11-28', 'livemode', livemode, 'created_at', moment, 'data', json_build_object(
                           'object', json_build_object('id', 'pub_' || publication_id, 'object', 'publication',
                               'post_id', 'post_' || post_id, 'account_id', 'acct_' || account_id, 'platform', platform,
                               'status', 'published', 'publish_at', moment, 'published_at', moment,
                               'permalink', 'https://platform.example/' || publication_id, 'livemode', livemode)))::text,
                   moment
            FROM past
            """;

    /** Numbers for the past events. Real events are numbered within their workspace, but nothing here depends on that. */
    static final String NUMBERS = "CREATE SEQUENCE past_number CACHE 1000";

    static final String NUMBERED = """
            UPDATE event_sequence SET last_number = newest.number, fanned_out = newest.number
            FROM (SELECT nextval('past_number') AS number) AS newest
            """;

    static final String SIZE = "SELECT pg_size_pretty(pg_database_size(current_database()))";
}
