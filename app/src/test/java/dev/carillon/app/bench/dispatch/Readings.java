package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.Fill.Due;
import dev.carillon.app.bench.server.BenchDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads from rows and times in the database what happened to due posts. */
record Readings(BenchDatabase database) {
    private static final long LOOK_EVERY_MILLIS = 250;

    private static final String ANY_WAITING = """
            SELECT EXISTS (SELECT FROM publication WHERE account_id = ANY (?) AND status = 'scheduled' AND lease_until IS NULL)
            """;
    private static final String ANY_OPEN = """
            SELECT EXISTS (SELECT FROM publication
                           WHERE id >= first_uuid_at(?) AND account_id = ANY (?)
                             AND status NOT IN ('published', 'failed', 'missed', 'canceled'))
            """;
    private static final String START_DELAYS = """
            SELECT (extract(epoch FROM coalesce(attempt.started_at, clock_timestamp()) - publication.publish_at) * 1000000)::bigint
            FROM publication
            LEFT JOIN attempt ON attempt.publication_id = publication.id AND attempt.number = 1
                             AND attempt.publication_id >= first_uuid_at(?)
            WHERE publication.id >= first_uuid_at(?) AND publication.account_id = ANY (?)
            """;
    private static final String SPAN = """
            SELECT min(attempt.started_at), max(attempt.ended_at), count(attempt.ended_at)
            FROM publication JOIN attempt ON attempt.publication_id = publication.id
            WHERE publication.id >= first_uuid_at(?) AND attempt.publication_id >= first_uuid_at(?)
              AND publication.account_id = ANY (?)
            """;
    private static final String STARTED_BEFORE_LAST = """
            SELECT count(*)
            FROM publication JOIN attempt ON attempt.publication_id = publication.id AND attempt.number = 1
            WHERE publication.id >= first_uuid_at(?) AND publication.account_id = ANY (?) AND attempt.started_at <= (
                SELECT max(last.started_at)
                FROM publication AS alone JOIN attempt AS last ON last.publication_id = alone.id
                WHERE alone.id >= first_uuid_at(?) AND alone.account_id = ANY (?))
            """;
    private static final String BOOKS = """
            WITH due AS (
                SELECT id, post_id, status FROM publication WHERE id >= first_uuid_at(?) AND account_id = ANY (?)),
            heard AS (
                SELECT type, count(*) AS number FROM event
                WHERE id >= first_uuid_at(?) AND workspace_id IN (SELECT workspace_id FROM account WHERE id = ANY (?))
                GROUP BY type)
            SELECT 'publications published', count(*) FROM due WHERE status = 'published'
            UNION ALL SELECT 'posts published', count(*) FROM post WHERE status = 'published' AND id IN (SELECT post_id FROM due)
            UNION ALL SELECT 'attempts ended as published', count(*) FROM attempt JOIN due ON publication_id = due.id
                WHERE outcome = 'published' AND ended_at IS NOT NULL
            UNION ALL SELECT 'meter events', count(*) FROM meter_event JOIN due ON publication_id = due.id
            UNION ALL SELECT 'reservations settled', count(*) FROM spend_reservation JOIN due ON publication_id = due.id
                WHERE state = 'settled'
            UNION ALL SELECT 'events publication.published', coalesce(sum(number), 0) FROM heard WHERE type = 'publication.published'
            UNION ALL SELECT 'events post.published', coalesce(sum(number), 0) FROM heard WHERE type = 'post.published'
            """;

    /**
     * Waits until all posts have ended.
     *
     * @return false if the time was too short
     */
    boolean awaitEnd(Due due, Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        while (isOpen(due)) {
            if (System.nanoTime() > giveUpAt) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_EVERY_MILLIS));
        }
        return true;
    }

    static void pause(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    // The first query is cheap, and the second one runs only near the end.
    private boolean isOpen(Due due) {
        return database.isTrue(ANY_WAITING, due.accounts()) || database.isTrue(ANY_OPEN, due.since(), due.accounts());
    }

    /** From each post's time to the start of its first attempt, or until now if there is none yet. */
    Delays startDelays(Due due) {
        var delays = new Delays();
        database.list(START_DELAYS, row -> row.getLong(1), due.since(), due.since(), due.accounts())
                .forEach(delays::record);
        return delays;
    }

    /** The publications recorded in a period, by the database's clock. */
    record Span(Instant firstStart, Instant lastEnd, long ended) {
        double perSecond() {
            return ended / (Duration.between(firstStart, lastEnd).toNanos() / 1e9);
        }
    }

    /** From the first start to the last recorded outcome. */
    Span span(Due due) {
        return database.one(
                SPAN,
                row -> new Span(BenchDatabase.instant(row, 1), BenchDatabase.instant(row, 2), row.getLong(3)),
                due.since(),
                due.since(),
                due.accounts());
    }

    /** How many of {@code many} had started before the last one of the others did. */
    long startedBeforeLastOf(Due many, Due others) {
        return database.one(
                STARTED_BEFORE_LAST,
                row -> row.getLong(1),
                many.since(),
                many.accounts(),
                others.since(),
                others.accounts());
    }

    /**
     * Checks that all rows of these published posts were written. Without them, a rate would mean nothing.
     *
     * @throws IllegalStateException which names the missing rows
     */
    void checkBooks(Due due) {
        Map<String, Long> wrong = new LinkedHashMap<>();
        database
                .list(
                        BOOKS,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        due.since(),
                        due.accounts(),
                        due.since(),
                        due.accounts())
                .stream()
                .filter(entry -> entry.getValue() != due.count())
                .forEach(entry -> wrong.put(entry.getKey(), entry.getValue()));
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("Wrong numbers of rows for %d posts: %s".formatted(due.count(), wrong));
        }
    }
}
