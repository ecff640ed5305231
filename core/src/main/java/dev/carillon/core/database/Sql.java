package dev.carillon.core.database;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Mode;
import io.micronaut.data.connection.ConnectionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of the {@code …Queries} classes on the transaction that is open. Values are always bound: ids, modes (as
 * {@code livemode}), instants, {@link Jsonb} and collections of any of them (as arrays) among them.
 */
@Singleton
public class Sql {
    private final ConnectionOperations<Connection> connections;

    public Sql(ConnectionOperations<Connection> connections) {
        this.connections = connections;
    }

    public Bound of(String statement, @Nullable Object... values) {
        return new Bound(statement, values);
    }

    /** Runs one statement with many rows of values, in one round trip. */
    public void batch(String statement, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (var prepared = connection().prepareStatement(statement)) {
            for (var row : rows) {
                bind(prepared, row);
                prepared.addBatch();
            }
            prepared.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException(statement, e);
        }
    }

    /** The connection of the open transaction, for what JDBC alone can do. */
    public Connection connection() {
        return connections.getConnectionStatus().getConnection();
    }

    /** A statement with its values, not run yet. */
    public final class Bound {
        private final String statement;
        private final @Nullable Object[] values;

        private Bound(String statement, @Nullable Object[] values) {
            this.statement = statement;
            this.values = values;
        }

        /** How many rows the statement touched. */
        public int update() {
            return run(prepared -> prepared.executeUpdate());
        }

        public <T> List<T> list(Function<Row, T> map) {
            return run(prepared -> {
                try (var rows = prepared.executeQuery()) {
                    return read(rows, map);
                }
            });
        }

        public <T> Optional<T> first(Function<Row, T> map) {
            return list(map).stream().findFirst();
        }

        /** The only row of a statement that always has one. */
        public <T> T one(Function<Row, T> map) {
            return first(map).orElseThrow(() -> new IllegalStateException("no row: " + statement.strip()));
        }

        private <T> T run(Running<T> running) {
            try (var prepared = connection().prepareStatement(statement)) {
                bind(prepared, values);
                return running.run(prepared);
            } catch (SQLException e) {
                throw new DatabaseException(statement, e);
            }
        }
    }

    private interface Running<T> {
        T run(PreparedStatement prepared) throws SQLException;
    }

    private static <T> List<T> read(ResultSet rows, Function<Row, T> map) throws SQLException {
        var found = new ArrayList<T>();
        var row = new Row(rows);
        while (rows.next()) {
            found.add(map.apply(row));
        }
        return found;
    }

    private void bind(PreparedStatement prepared, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(prepared, i + 1, values[i]);
        }
    }

    private void bind(PreparedStatement prepared, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> prepared.setNull(position, Types.NULL);
            case Id id -> prepared.setObject(position, id.value());
            case Mode mode -> prepared.setBoolean(position, mode.livemode());
            case Instant instant -> prepared.setObject(position, instant.atOffset(ZoneOffset.UTC));
            case Jsonb json -> prepared.setObject(position, json.text(), Types.OTHER);
            case Collection<?> many -> prepared.setArray(position, array(many));
            default -> prepared.setObject(position, value);
        }
    }

    /**
     * The elements are of one type, nulls among them; an array of nulls alone is one of texts, which the statement casts. The driver
     * sends arrays of texts, numbers and truths in binary, if the Java array says what it holds; others are rendered as text.
     */
    private java.sql.Array array(Collection<?> many) throws SQLException {
        var first = many.stream().filter(Objects::nonNull).findFirst();
        return switch (first.map(Object.class::cast).orElse("")) {
            case Id id -> rendered("uuid", many);
            case UUID uuid -> rendered("uuid", many);
            case Instant instant -> rendered("timestamptz", many);
            case Jsonb json -> rendered("jsonb", many);
            case Number number -> array("bigint", many, Long[]::new, value -> ((Number) value).longValue());
            case Boolean truth -> array("boolean", many, Boolean[]::new, Boolean.class::cast);
            case Mode mode -> array("boolean", many, Boolean[]::new, value -> ((Mode) value).livemode());
            default -> array("text", many, String[]::new, Object::toString);
        };
    }

    private java.sql.Array rendered(String type, Collection<?> many) throws SQLException {
        return array(type, many, Object[]::new, Sql::element);
    }

    private <T> java.sql.Array array(
            String type, Collection<?> many, IntFunction<@Nullable T[]> elements, Function<Object, T> element)
            throws SQLException {
        return connection()
                .createArrayOf(
                        type,
                        many.stream()
                                .map(value -> value == null ? null : element.apply(value))
                                .toArray(elements));
    }

    private static Object element(Object value) {
        return switch (value) {
            case Id id -> id.value();
            case Jsonb json -> json.text();
            default -> value;
        };
    }

    /** One column of many rows, for a statement that unnests its arrays. */
    public static <T> List<@Nullable Object> column(Collection<T> rows, Function<T, @Nullable Object> value) {
        var column = new ArrayList<@Nullable Object>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }
}
