package dev.carillon.core.database;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Business time that all processes share: the database's clock, read again after 10 seconds and advanced in between by
 * this machine's monotonic counter. A machine whose wall clock is wrong publishes neither early nor late.
 */
@Singleton
public class DatabaseClocks implements Clocks {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DatabasePools pools;
    private final AtomicReference<Reading> newest;

    private record Reading(Instant database, long nanos) {
        Instant now() {
            // The database keeps microseconds.
            return database.plusNanos(System.nanoTime() - nanos).truncatedTo(ChronoUnit.MICROS);
        }

        boolean isStale() {
            return System.nanoTime() - nanos > FRESH_NANOS;
        }
    }

    public DatabaseClocks(DatabasePools pools) {
        this.pools = pools;
        this.newest = new AtomicReference<>(read());
    }

    @Override
    public Instant now(WorkspaceId workspace, Mode mode) {
        return now();
    }

    @Override
    public Instant now() {
        var reading = newest.get();
        if (reading.isStale()) {
            // The first caller reads the clock again; the others continue with the old reading, whose drift is far
            // below a millisecond.
            var renewed = new Reading(reading.now(), System.nanoTime());
            if (newest.compareAndSet(reading, renewed)) {
                newest.set(read());
            }
        }
        return newest.get().now();
    }

    private Reading read() {
        var role = pools.has(DatabaseRole.APP) ? DatabaseRole.APP : DatabaseRole.DISPATCH;
        try (Connection connection = pools.pool(role).getConnection();
                var statement = connection.prepareStatement("SELECT clock_timestamp()")) {
            // The first run includes the cost of parsing; the second one is answered close to the moment it is asked.
            statement.executeQuery().close();
            long asked = System.nanoTime();
            try (var rows = statement.executeQuery()) {
                rows.next();
                var database = rows.getObject(1, OffsetDateTime.class).toInstant();
                long answered = System.nanoTime();
                return new Reading(database, asked + (answered - asked) / 2);
            }
        } catch (SQLException e) {
            throw new DatabaseException("SELECT clock_timestamp()", e);
        }
    }
}
