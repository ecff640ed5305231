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
 * Runs the statements of the {@code …Queries} classes in the open transaction. Values are always bound, including ids,
 * modes (as {@code livemode}), instants, {@link Jsonb} and collections of any of them (as arrays).
 *
 * <p>A round trip costs both sides about as much as a small statement does. Deferred statements are therefore sent with
 * the next statement whose result is needed: setting the workspace, savepoints, and statements deferred with
 * {@link Bound#later() later}.
 */
@Singleton
public class Sql {
    /** Every combination of statements is prepared separately, so the number of combinations must stay small. */
    private static final int MOST_DEFERRED = 12;

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

    /**
     * Like {@code batch}, but a single row is deferred until the next statement whose result is needed or the end of
     * the transaction; nothing before that may depend on it.
     */
    public void batchLater(String statement, List<@Nullable Object[]> rows) {
        if (rows.size() == 1) {
            of(statement, rows.getFirst()).later();
        } else {
            batch(statement, rows);
        }
    }

    /**
     * Configures the planner for the rest of a transaction that reads work queues: few rows out of many, through a
     * partial index. The planner learns late how few rows there are, and may scan the whole table. Such an index
     * consists mostly of entries for finished rows: a plain index scan marks them so that the next scan skips them,
     * while a bitmap scan leaves all of them to be looked up again until a vacuum runs.
     */
    public void readIndexesPlainly() {
        of("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)")
                .later();
    }

    private Connection connection() {
        return connections.getConnectionStatus().getConnection();
    }

    /** A statement with its values that has not run yet. */
    public final class Bound {
        private final Statement statement;

        private Bound(Statement statement) {
            this.statement = statement;
        }

        /** Runs the statement and returns how many rows it changed. */
        public int update() {
            return run(PreparedStatement::getUpdateCount);
        }

        /**
         * Defers the statement: it runs with the next statement whose result is needed, and at the latest before the
         * transaction or its current savepoint ends. Its errors surface then.
         */
        public void later() {
            if (Transactions.deferredCount() < MOST_DEFERRED) {
                Transactions.owe(statement);
            } else {
                update();
            }
        }

        public <T> List<T> list(Function<Row, T> map) {
            return run(prepared -> read(prepared, map));
        }

        /**
         * The rows of this statement and of an independent one, in one round trip.
         *
         * @param other runs after this statement
         */
        public <T, U> Both<List<T>, List<U>> listWith(Function<Row, T> map, Bound other, Function<Row, U> otherMap) {
            var all = deferred();
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

        /** The only row of a statement that always returns one. */
        public <T> T one(Function<Row, T> map) {
            return first(map)
                    .orElseThrow(() -> new IllegalStateException(
                            "no row returned by: " + statement.text().strip()));
        }

        private <T> T run(Statement.Results<T> results) {
            var all = deferred();
            all.add(statement);
            return Statement.run(connection(), all, all.size() - 1, results);
        }
    }

    /** Two results. */
    public record Both<T, U>(T first, U second) {}

    private static List<Statement> deferred() {
        return new ArrayList<>(Transactions.takeDeferred());
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
