package dev.carillon.core.database;

import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result; columns are read by name. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public <T extends Id> T id(String column, IdKind<T> kind) {
        return kind.of().apply(required(column, UUID.class));
    }

    public <T extends Id> @Nullable T idOrNull(String column, IdKind<T> kind) {
        var value = value(column, UUID.class);
        return value == null ? null : kind.of().apply(value);
    }

    /** An id whose kind the statement does not say. */
    public UUID uuid(String column) {
        return required(column, UUID.class);
    }

    public Mode mode() {
        return Mode.of(truth("livemode"));
    }

    public Money money(String amountColumn, String currencyColumn) {
        return new Money(number(amountColumn), text(currencyColumn));
    }

    public String text(String column) {
        return required(column, String.class);
    }

    public @Nullable String textOrNull(String column) {
        return value(column, String.class);
    }

    public long number(String column) {
        return required(column, Long.class);
    }

    public @Nullable Long numberOrNull(String column) {
        return value(column, Long.class);
    }

    public @Nullable Integer integerOrNull(String column) {
        return value(column, Integer.class);
    }

    public int integer(String column) {
        return required(column, Integer.class);
    }

    public @Nullable Double realOrNull(String column) {
        return value(column, Double.class);
    }

    public boolean truth(String column) {
        return required(column, Boolean.class);
    }

    public Instant instant(String column) {
        return required(column, OffsetDateTime.class).toInstant();
    }

    public @Nullable Instant instantOrNull(String column) {
        var value = value(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public byte[] bytes(String column) {
        return required(column, byte[].class);
    }

    public byte @Nullable [] bytesOrNull(String column) {
        return value(column, byte[].class);
    }

    /** A {@code text[]} column. */
    public List<String> texts(String column) {
        try {
            return List.of((String[]) rows.getArray(column).getArray());
        } catch (SQLException e) {
            throw new DatabaseException("column " + column, e);
        }
    }

    /** A {@code uuid[]} column. */
    public <T extends Id> List<T> ids(String column, IdKind<T> kind) {
        var ids = uuidsOrNull(column);
        if (ids == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return ids.stream().map(kind.of()).toList();
    }

    /** A {@code uuid[]} column of ids of several kinds. */
    public @Nullable List<UUID> uuidsOrNull(String column) {
        try {
            var array = rows.getArray(column);
            return array == null ? null : List.of((UUID[]) array.getArray());
        } catch (SQLException e) {
            throw new DatabaseException("column " + column, e);
        }
    }

    private <T> T required(String column, Class<T> type) {
        var value = value(column, type);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    private <T> @Nullable T value(String column, Class<T> type) {
        try {
            // Through getObject, the driver returns neither jsonb as text nor bytea as bytes.
            if (type == String.class) {
                return type.cast(rows.getString(column));
            }
            return type == byte[].class ? type.cast(rows.getBytes(column)) : rows.getObject(column, type);
        } catch (SQLException e) {
            throw new DatabaseException("column " + column, e);
        }
    }
}
