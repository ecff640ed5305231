package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MaintenanceTicksTest {
    /** The first moment of an old month, without a time zone. */
    private static final String OLD_MONTH =
            "(date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') - interval '4 months')";

    private static JobsDatabase database;

    @BeforeAll
    static void start() {
        database = new JobsDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void theMonthsToComeHaveTheirPartitions() {
        var partitions = """
                SELECT count(*) FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                WHERE relname = 'event_' || to_char(now() AT TIME ZONE 'UTC' + interval '3 months', 'YYYYMM')
                """;
        assertThat(database.number(partitions)).isZero();

        // All ticks, as a worker starts them.
        try (var ticks = new Ticks()) {
            maintenance().startOn(ticks);

            await().until(() -> database.number(partitions) == 1);
        }
    }

    @Test
    void aMonthPastEveryPlanIsDroppedOnceNothingInItIsNeeded() {
        makeOldMonth();
        var names = "SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_' || to_char(" + OLD_MONTH + ", 'YYYYMM')";
        assertThat(database.number(names)).isEqualTo(4);
        var workspace = database.tenant().workspace().value();
        var unnumbered = oldEvent(workspace, OLD_MONTH + " AT TIME ZONE 'UTC'", null);

        maintenance().keepPartitions();

        assertThat(database.number(names)).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM event WHERE id = ?", unnumbered))
                .isEqualTo(1);

        database.update("UPDATE event SET sequence = 1 WHERE id = ?", unnumbered);
        numbered(workspace, 1);
        assertThat(isNeeded()).as("its fan-out has not run").isTrue();

        fannedOut(workspace, 1);
        var delivery = database.delivery(database.tenant(), Instant.now());
        database.update("UPDATE webhook_delivery SET event_id = ? WHERE event_id = ?", unnumbered, delivery);
        assertThat(isNeeded()).as("it has an open delivery").isTrue();

        database.update(
                "UPDATE webhook_delivery SET status = 'delivered', ended_at = clock_timestamp() WHERE event_id = ?",
                unnumbered);
        assertThat(isNeeded()).isFalse();

        maintenance().keepPartitions();

        assertThat(database.number(names)).isZero();
    }

    @Test
    void aPlanThatKeepsLessHasItsRowsDeletedUnlessADeliveryWaitsForThem() {
        database.plan("brief", 10);
        var brief = database.tenant("brief");
        var usual = database.tenant().workspace().value();
        var threeDaysAgo = "clock_timestamp() - interval '3 days'";
        oldEvent(brief.workspace().value(), threeDaysAgo, 1L);
        var waitedFor = oldEvent(brief.workspace().value(), "clock_timestamp() - interval '4 days'", 2L);
        oldEvent(brief.workspace().value(), "clock_timestamp() - interval '1 hour'", 3L);
        oldEvent(usual, threeDaysAgo, 1L);
        var delivery = database.delivery(brief, Instant.now());
        database.update("UPDATE webhook_delivery SET event_id = ? WHERE event_id = ?", waitedFor, delivery);

        numbered(brief.workspace().value(), 3);

        maintenance().deletePastRetention();

        assertThat(numbers(brief.workspace().value()))
                .as("their fan-out has not run")
                .isEqualTo(123);

        fannedOut(brief.workspace().value(), 3);
        maintenance().deletePastRetention();

        assertThat(numbers(brief.workspace().value())).isEqualTo(23);
        assertThat(numbers(usual)).isEqualTo(1);

        database.update(
                "UPDATE webhook_delivery SET status = 'delivered', ended_at = clock_timestamp() WHERE event_id = ?",
                waitedFor);
        maintenance().deletePastRetention();

        assertThat(numbers(brief.workspace().value())).isEqualTo(3);
        assertThat(database.number("SELECT count(*) FROM webhook_delivery WHERE event_id = ?", waitedFor))
                .isZero();
    }

    @Test
    void aReplayIsKeptAsLongAsItsPlanSaysAndAsLongAsItRuns() {
        database.plan("short", 10);
        var tenant = database.tenant("short");
        var event = database.delivery(tenant, Instant.now());
        for (var replay : List.of("'3 days', 'done'", "'4 days', 'running'", "'1 hour', 'canceled'")) {
            database.update("""
                    INSERT INTO webhook_replay (id, workspace_id, livemode, endpoint_id, scope, events, since, until, per_second,
                                                status, total, up_to)
                    SELECT first_uuid_at(clock_timestamp() - made.ago::interval), workspace_id, livemode, endpoint_id, 'all', '{*}',
                           clock_timestamp(), clock_timestamp(), 1, made.status, 0, 0
                    FROM webhook_delivery, (VALUES (%s)) AS made (ago, status) WHERE event_id = ?
                    """.formatted(replay), event);
        }

        maintenance().deletePastRetention();

        assertThat(database.number(
                        "SELECT count(*) FROM webhook_replay WHERE workspace_id = ?",
                        tenant.workspace().value()))
                .isEqualTo(2);
        assertThat(database.number(
                        "SELECT count(*) FROM webhook_replay WHERE workspace_id = ? AND status = 'done'",
                        tenant.workspace().value()))
                .isZero();
    }

    private static MaintenanceTicks maintenance() {
        return database.beans().getBean(MaintenanceTicks.class);
    }

    private static boolean isNeeded() {
        return database.number("SELECT is_still_needed('event', 'event_' || to_char(" + OLD_MONTH
                        + ", 'YYYYMM'), interval '1 day')::int")
                == 1;
    }

    private static void numbered(UUID workspace, int upTo) {
        database.update("""
                INSERT INTO event_sequence (workspace_id, livemode, last_number) VALUES (?, true, ?)
                ON CONFLICT (workspace_id, livemode) DO UPDATE SET last_number = excluded.last_number
                """, workspace, upTo);
    }

    private static void fannedOut(UUID workspace, int upTo) {
        database.update(
                "UPDATE event_sequence SET fanned_out = ? WHERE workspace_id = ? AND livemode", upTo, workspace);
    }

    /** The event numbers that are left, as one number. */
    private static long numbers(UUID workspace) {
        return database.number(
                "SELECT string_agg(sequence::text, '' ORDER BY sequence)::bigint FROM event WHERE workspace_id = ?",
                workspace);
    }

    private static UUID oldEvent(UUID workspace, String moment, @Nullable Long number) {
        var object = UUID.randomUUID().toString();
        database.update("""
                INSERT INTO event (id, workspace_id, livemode, type, object_id, sequence, body, created_at)
                VALUES (first_uuid_at(%s), ?, true, 'post.created', ?, ?, '{}', clock_timestamp())
                """.formatted(moment), workspace, object, number);
        return database.uuid("SELECT id FROM event WHERE object_id = ?", object);
    }

    private static void makeOldMonth() {
        for (var parent : List.of("attempt", "event", "webhook_delivery", "webhook_attempt")) {
            database.update("""
                    DO $$ BEGIN
                        EXECUTE format('CREATE TABLE %%I PARTITION OF %1$s FOR VALUES FROM (%%L) TO (%%L)',
                            '%1$s_' || to_char(%2$s, 'YYYYMM'),
                            first_uuid_at((%2$s) AT TIME ZONE 'UTC'), first_uuid_at((%2$s + interval '1 month') AT TIME ZONE 'UTC'));
                    END $$
                    """.formatted(parent, OLD_MONTH));
        }
    }

    @Test
    void storedRepliesAreDeletedAfterTwoDays() {
        var workspace = database.tenant().workspace().value();
        var insert = """
                INSERT INTO idempotency_key (workspace_id, livemode, route, key, fingerprint, status, sealed_reply, created_at)
                SELECT ?, true, 'POST /v1/posts', ? || n, '', 201, '', clock_timestamp() - ?::interval FROM generate_series(1, ?) AS n
                """;
        database.update(insert, workspace, "old", "49 hours", 2_500);
        database.update(insert, workspace, "young", "47 hours", 3);

        maintenance().deleteOldReplies();

        assertThat(database.number("SELECT count(*) FROM idempotency_key")).isEqualTo(3);
        assertThat(database.number("SELECT count(*) FROM idempotency_key WHERE key LIKE 'young%'"))
                .isEqualTo(3);
    }

    @Test
    void linksAndSessionsAreDeletedThirtyDaysAfterTheyAreOver() {
        database.update("INSERT INTO app_user (id, email) VALUES (gen_random_uuid(), 'ada@example.org')");
        var session = """
                INSERT INTO user_session (id, user_id, address, idle_until, expires_at)
                SELECT gen_random_uuid(), id, '127.0.0.1', clock_timestamp(), clock_timestamp() - ?::interval FROM app_user
                """;
        database.update(session, "31 days");
        database.update(session, "29 days");
        var link = """
                INSERT INTO sign_in_link (token_hash, browser_hash, email, address, created_at, expires_at)
                VALUES (?::bytea, '', 'ada@example.org', '127.0.0.1', clock_timestamp() - ?::interval, clock_timestamp())
                """;
        database.update(link, "old", "31 days");
        database.update(link, "young", "29 days");

        maintenance().deleteOldSignIns();

        assertThat(database.number("SELECT count(*) FROM user_session")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM sign_in_link")).isEqualTo(1);
    }

    @Test
    void contentFingerprintsAreDeletedOnceTheyAreTooOldToBeDuplicates() {
        var account = database.account(database.tenant());
        var fingerprint = """
                INSERT INTO content_guard (account_id, content_fingerprint, workspace_id, livemode, publications, publish_at)
                SELECT id, convert_to(? || n, 'UTF8'), workspace_id, livemode, '{}', clock_timestamp() - ?::interval
                FROM account, generate_series(1, ?) AS n WHERE id = ?
                """;
        database.update(fingerprint, "old", "3 days", 1_500, account.id());
        database.update(fingerprint, "young", "1 hour", 2, account.id());

        maintenance().deleteOldGuards();

        assertThat(database.number("SELECT count(*) FROM content_guard")).isEqualTo(2);
    }
}
