package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.server.BenchDatabase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Writes finished publications of the last 30 days into a database, with all of their rows. */
final class History {
    private static final int CHUNK = 100_000;
    private static final int WRITERS = 2;
    private static final int DAYS = 30;
    private static final List<String> OF_A_CHUNK = List.of(
            HistoryQueries.POSTS,
            HistoryQueries.REVISIONS,
            HistoryQueries.PUBLICATIONS,
            HistoryQueries.ATTEMPTS,
            HistoryQueries.METER_EVENTS,
            HistoryQueries.RESERVATIONS,
            HistoryQueries.EVENTS);

    private final BenchDatabase database;
    private final boolean mayTrustKeys;
    private final List<UUID> accounts;
    private final int count;

    /**
     * Prepares the history.
     *
     * @param database with the login of its owner or of a superuser
     * @param mayTrustKeys whether the login is a superuser's
     * @param accounts take turns
     */
    History(BenchDatabase database, boolean mayTrustKeys, List<UUID> accounts, int count) {
        this.database = database;
        this.mayTrustKeys = mayTrustKeys;
        this.accounts = List.copyOf(accounts);
        this.count = count;
    }

    /** Writes the history in chunks, and leaves the tables as if they had grown slowly: filled, vacuumed and analysed. */
    void write() throws InterruptedException, ExecutionException {
        database.run(HistoryQueries.PARTITIONS);
        database.run(HistoryQueries.NUMBERS);
        database.run(HistoryQueries.FILL_MORE);
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var chunks = IntStream.iterate(0, from -> from < count, from -> from + CHUNK)
                    .mapToObj(this::chunk)
                    .toList();
            for (var written : writers.invokeAll(chunks)) {
                written.get();
            }
        }
        database.run(HistoryQueries.NUMBERED);
        database.run(HistoryQueries.FILL_AS_EVER);
        database.run("VACUUM (ANALYZE)");
    }

    private Callable<Boolean> chunk(int from) {
        return () -> database.with(connection -> {
            connection.setAutoCommit(false);
            if (mayTrustKeys) {
                BenchDatabase.run(connection, HistoryQueries.TRUST_KEYS);
            }
            BenchDatabase.run(
                    connection,
                    HistoryQueries.PAST,
                    (long) from,
                    (long) Math.min(count, from + CHUNK),
                    count,
                    DAYS,
                    accounts,
                    accounts.size());
            for (var statement : OF_A_CHUNK) {
                BenchDatabase.run(connection, statement);
            }
            connection.commit();
            return true;
        });
    }
}
