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
}
