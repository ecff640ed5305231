package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UpkeepTest {
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
        try (var ticks = new Ticks()) {
            database.beans().getBean(PartitionTick.class).startOn(ticks);

            await().until(() -> database.number(partitions) == 1);
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
        try (var ticks = new Ticks()) {
            database.beans().getBean(OldReplyTick.class).startOn(ticks);

            await().until(() -> database.number("SELECT count(*) FROM idempotency_key") == 3);
        }
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
        try (var ticks = new Ticks()) {
            database.beans().getBean(OldSignInTick.class).startOn(ticks);

            await().until(() -> database.number("SELECT count(*) FROM user_session") == 1);
        }
        assertThat(database.number("SELECT count(*) FROM sign_in_link")).isEqualTo(1);
    }
}
