package dev.carillon.core.database;

import io.micronaut.data.connection.ConnectionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of the {@code …Queries} classes on the transaction that is open. Values are always bound: ids, modes (as
 * {@code livemode}), instants, {@link Jsonb} and collections of any of them (as arrays) among them.
 *
 * <p>A round trip costs both sides about as much as a small statement does. So whatever is owed to the transaction goes along with the next
 * statement that somebody waits for: the name of its workspace, savepoints, and statements that were left for {@link Bound#later() later}.
 */
@Singleton
public class Sql {
    /** Each mixture of statements is prepared by itself, so that it has to be one of few. */
    private static final int MOST_OWED = 12;

    private final ConnectionOperations<Connection> connections;

    public Sql(ConnectionOperations<Connection> connections) {
        this.connections = connections;
    }

    public Bound of(String statement, @Nullable Object... values) {
        return new Bound(new Statement(statement, values));
    }

    /** Runs one statement with many rows of values, in one round trip. */
    public void batch(String statement, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() == 1) {
            of(statement, rows.getFirst()).update();
            return;
        }
        var connection = connection();
        Transactions.catchUp(connection);
        try (var prepared = connection.prepareStatement(statement)) {
            for (var row : rows) {
                new Statement(statement, row).bind(prepared, 0);
                prepared.addBatch();
            }
            prepared.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException(statement, e);
        }
    }

    /** The same, once somebody waits for the database or the transaction ends: nothing that follows depends on it before. */
    public void batchLater(String statement, List<@Nullable Object[]> rows) {
        if (rows.size() == 1) {
            of(statement, rows.getFirst()).later();
        } else {
            batch(statement, rows);
        }
    }

    /**
     * For the rest of the transaction, which looks for what is to be worked off: a few rows of many, by an index of these rows alone. How few
     * they are the planner learns late, and may go through the whole table. And such an index is mostly entries of rows that are done with: a
     * plain scan marks them for the next one to pass over, while a bitmap's leaves all of them to be looked up again until a vacuum comes.
     */
    public void readIndexesPlainly() {
        of("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)")
                .later();
    }

    private Connection connection() {
        return connections.getConnectionStatus().getConnection();
    }

    /** A statement with its values, not run yet. */
    public final class Bound {
        private final Statement statement;

        private Bound(Statement statement) {
            this.statement = statement;
        }

        /** How many rows the statement touched. */
        public int update() {
            return run(PreparedStatement::getUpdateCount);
        }

        /**
         * Runs it together with the next statement that somebody waits for, at the latest before the transaction or the attempt that it is in
         * ends. What is wrong with it is told then.
         */
        public void later() {
            if (Transactions.owes() < MOST_OWED) {
                Transactions.owe(statement);
            } else {
                update();
            }
        }

        public <T> List<T> list(Function<Row, T> map) {
            return run(prepared -> read(prepared, map));
        }

        /**
         * The rows of this one and of another, which does not depend on it, in one round trip.
         *
         * @param other is told its rows
         */
        public <T, U> Both<List<T>, List<U>> listWith(Function<Row, T> map, Bound other, Function<Row, U> otherMap) {
            var all = owed();
            int before = all.size();
            all.add(statement);
            all.add(other.statement);
            return Statement.run(connection(), all, before, prepared -> {
                var first = read(prepared, map);
                prepared.getMoreResults();
                return new Both<>(first, read(prepared, otherMap));
            });
        }

        public <T> Optional<T> first(Function<Row, T> map) {
            return list(map).stream().findFirst();
        }

        /** The only row of a statement that always has one. */
        public <T> T one(Function<Row, T> map) {
            return first(map)
                    .orElseThrow(() -> new IllegalStateException(
                            "no row: " + statement.text().strip()));
        }

        private <T> T run(Statement.Results<T> results) {
            var all = owed();
            all.add(statement);
            return Statement.run(connection(), all, all.size() - 1, results);
        }
    }

    /** Two results. */
    public record Both<T, U>(T first, U second) {}

    private static List<Statement> owed() {
        return new ArrayList<>(Transactions.takeOwed());
    }

    private static <T> List<T> read(PreparedStatement prepared, Function<Row, T> map) throws SQLException {
        try (var rows = prepared.getResultSet()) {
            var found = new ArrayList<T>();
            var row = new Row(rows);
            while (rows.next()) {
                found.add(map.apply(row));
            }
            return found;
        }
    }

    /** One column of many rows, for a statement that unnests its arrays. */
    public static <T> List<@Nullable Object> column(Collection<T> rows, Function<T, @Nullable Object> value) {
        var column = new ArrayList<@Nullable Object>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
