package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.core.platform.Platform;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes workspaces and due posts into a database, with the same rows as the API; all in live mode. */
record Fill(BenchDatabase database) {
    private static final List<String> OF_TENANTS =
            List.of(FillQueries.WORKSPACES, FillQueries.NUMBERING, FillQueries.GROUPS, FillQueries.KEYS);
    private static final List<String> OF_POSTS = List.of(
            FillQueries.POSTS,
            FillQueries.REVISIONS,
            FillQueries.PUBLICATIONS,
            FillQueries.RESERVATIONS,
            FillQueries.EVENTS,
            FillQueries.HINTS);

    /**
     * Creates workspaces with accounts on one platform.
     *
     * @return the accounts; those of one workspace are next to each other
     */
    List<UUID> accounts(Platform platform, int workspaces, int accountsEach) {
        return inTransaction(connection -> {
            BenchDatabase.run(connection, FillQueries.TENANTS, workspaces);
            for (var statement : OF_TENANTS) {
                BenchDatabase.run(connection, statement);
            }
            BenchDatabase.run(connection, FillQueries.APP, platform.wireName());
            return newAccounts(connection, platform.wireName(), accountsEach);
        });
    }

    private static List<UUID> newAccounts(Connection connection, String platform, int each) throws SQLException {
        try (var statement = connection.prepareStatement(FillQueries.ACCOUNTS)) {
            statement.setString(1, platform);
            statement.setInt(2, each);
            statement.setString(3, platform);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<UUID>();
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
                return found;
            }
        }
    }

    /**
     * Writes posts with one target each.
     *
     * @param accounts take turns
     * @param spacing time between two posts
     */
    Due posts(List<UUID> accounts, int count, Instant first, Duration spacing) {
        var since = database.now();
        inTransaction(connection -> {
            long micros = spacing.toNanos() / 1_000;
            BenchDatabase.run(connection, FillQueries.POSTS_TO_BE, first, micros, count, accounts, accounts.size());
            for (var statement : OF_POSTS) {
                BenchDatabase.run(connection, statement);
            }
            return count;
        });
        return new Due(accounts, count, since, first);
    }

    /**
     * Posts that were written.
     *
     * @param since database time before the first of them: all later publications of the accounts belong to them
     * @param first when the first of them is due
     */
    record Due(List<UUID> accounts, int count, Instant since, Instant first) {}

    private <T> T inTransaction(BenchDatabase.Work<T> work) {
        return database.with(connection -> {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            connection.commit();
            return result;
        });
    }
}
