package dev.carillon.core.database;

import dev.carillon.core.kernel.CausalChain;
import io.micronaut.data.connection.exceptions.ConnectionException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Tells failures to reach the database from all other faults. */
public final class DatabaseOutage {
    /** PostgreSQL ended the session because its transaction waited for this process, which was paused. */
    private static final String STOOD_STILL = "25P03";

    private DatabaseOutage() {}

    /**
     * No free connection, a connection that broke in the pool, a lost connection (SQL state 08), a server that is
     * starting or stopping (57P), or a session that PostgreSQL ended (25P03).
     */
    public static boolean isCauseOf(Throwable fault) {
        return CausalChain.of(fault)
                .anyMatch(cause -> cause instanceof SQLTransientException
                        || (cause instanceof ConnectionException && cause.getCause() instanceof SQLException)
                        || (cause instanceof SQLException sql && isConnectionState(sql.getSQLState())));
    }

    private static boolean isConnectionState(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals(STOOD_STILL));
    }
}
