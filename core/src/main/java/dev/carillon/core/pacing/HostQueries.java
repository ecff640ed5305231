package dev.carillon.core.pacing;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements of circuit breakers. Pauses are in business time, as claims are; how long a trial counts is in
 * database time.
 */
@Singleton
class HostQueries {
    // A breaker that is not closed is left alone: its trials decide.
    private static final String OPEN = """
            INSERT INTO platform_host AS known (host, paused_until, openings)
            SELECT host, ?::timestamptz, 1 FROM account WHERE id = ?
            ON CONFLICT (host) DO UPDATE
            SET openings = 1, trials = 0, trials_until = NULL, paused_until = greatest(known.paused_until, excluded.paused_until)
            WHERE known.openings = 0
            """;
    // If several trials fail, only the first counts.
    private static final String OPEN_AGAIN = """
            UPDATE platform_host
            SET openings = openings + 1, trials = 0, trials_until = NULL,
                paused_until = greatest(paused_until, ?::timestamptz + interval '1 millisecond'
                                                      * least(?::bigint, ?::bigint * power(2, least(openings, 30))))
            WHERE host = (SELECT host FROM account WHERE id = ?) AND openings > 0 AND trials > 0
            """;
    private static final String CLOSE = """
            UPDATE platform_host SET openings = 0, trials = 0, trials_until = NULL
            WHERE host = (SELECT host FROM account WHERE id = ?) AND openings > 0 AND trials > 0
            """;
    private static final String LOCK = """
            SELECT host, paused_until, CASE WHEN trials_until > clock_timestamp() THEN trials ELSE 0 END AS trials
            FROM platform_host WHERE host = ANY (?::text[]) AND openings > 0
            ORDER BY host FOR NO KEY UPDATE
            """;
    private static final String LET_THROUGH = """
            UPDATE platform_host SET trials = ?, trials_until = clock_timestamp() + ? * interval '1 millisecond' WHERE host = ?
            """;

    private final Sql sql;

    HostQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * A host whose breaker is not closed.
     *
     * @param trials running attempts that test whether the host is up again
     */
    record PausedHost(String host, @Nullable Instant pausedUntil, int trials) {}

    /** Opens the breaker of the account's host; returns whether it was closed before. */
    boolean open(AccountId account, Instant until) {
        return sql.of(OPEN, until, account).update() == 1;
    }

    boolean openAgain(AccountId account, Instant now, Duration firstPause, Duration longestPause) {
        return sql.of(OPEN_AGAIN, now, longestPause.toMillis(), firstPause.toMillis(), account)
                        .update()
                == 1;
    }

    boolean close(AccountId account) {
        return sql.of(CLOSE, account).update() == 1;
    }

    /** The hosts whose breakers are not closed, locked. */
    List<PausedHost> lock(Collection<String> hosts) {
        return sql.of(LOCK, hosts)
                .list(row ->
                        new PausedHost(row.text("host"), row.instantOrNull("paused_until"), row.integer("trials")));
    }

    void letThrough(String host, int trials, Duration counted) {
        sql.of(LET_THROUGH, trials, counted.toMillis(), host).update();
    }
}
