package dev.carillon.core.database;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Mode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A statement with its values that has not run yet. */
final class Statement {
    private static final String NEXT = ";\n";

    private final String text;
    private final @Nullable Object[] values;

    Statement(String text, @Nullable Object... values) {
        this.text = text;
        this.values = values;
    }

    String text() {
        return text;
    }

    /** Reads the result of a statement, which is the current result. */
    interface Results<T> {
        T read(PreparedStatement prepared) throws SQLException;
    }

    /**
     * Runs statements in order, in one round trip.
     *
     * @param passedOver how many leading results to skip
     * @param results is called with the first result that is not skipped
     */
    static <T> T run(Connection connection, List<Statement> all, int passedOver, Results<T> results) {
        var text = all.size() == 1
                ? all.getFirst().text()
                : all.stream().map(Statement::text).collect(Collectors.joining(NEXT));
        try (var prepared = connection.prepareStatement(text)) {
            int position = 0;
            for (var statement : all) {
                position = statement.bind(prepared, position);
            }
            prepared.execute();
            for (int i = 0; i < passedOver; i++) {
                prepared.getMoreResults();
            }
            return results.read(prepared);
        } catch (SQLException e) {
            throw new DatabaseException(text, e);
        }
    }

    /** Binds the values after those that are already bound; returns how many are bound then. */
    int bind(PreparedStatement prepared, int bound) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(prepared, bound + i + 1, values[i]);
        }
        return bound + values.length;
    }

    private static void bind(PreparedStatement prepared, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> prepared.setNull(position, Types.NULL);
            case Id id -> prepared.setObject(position, id.value());
            case Mode mode -> prepared.setBoolean(position, mode.livemode());
            case Instant instant -> prepared.setObject(position, instant.atOffset(ZoneOffset.UTC));
            case Jsonb json -> prepared.setObject(position, json.text(), Types.OTHER);
            case Collection<?> many -> prepared.setArray(position, array(prepared.getConnection(), many));
            default -> prepared.setObject(position, value);
        }
    }

    /**
     * Elements have one type and may be null; an array of nulls only is sent as text, and the statement casts it. The
     * driver sends arrays of text, numbers and booleans in binary if the Java array has that component type; other
     * arrays are rendered as text.
     */
    private static java.sql.Array array(Connection connection, Collection<?> many) throws SQLException {
        var first = many.stream().filter(Objects::nonNull).findFirst();
        return switch (first.map(Object.class::cast).orElse("")) {
            case Id id -> rendered(connection, "uuid", many);
            case UUID uuid -> rendered(connection, "uuid", many);
            case Instant instant -> rendered(connection, "timestamptz", many);
            case Jsonb json -> rendered(connection, "jsonb", many);
            case Number number -> array(connection, "bigint", many, Long[]::new, value -> ((Number) value).longValue());
            case Boolean truth -> array(connection, "boolean", many, Boolean[]::new, Boolean.class::cast);
            case Mode mode -> array(connection, "boolean", many, Boolean[]::new, value -> ((Mode) value).livemode());
            default -> array(connection, "text", many, String[]::new, Object::toString);
        };
    }

    private static java.sql.Array rendered(Connection connection, String type, Collection<?> many) throws SQLException {
        return array(connection, type, many, Object[]::new, Statement::element);
    }

    private static <T> java.sql.Array array(
            Connection connection,
            String type,
            Collection<?> many,
            IntFunction<@Nullable T[]> elements,
            Function<Object, T> element)
            throws SQLException {
        return connection.createArrayOf(
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
}
