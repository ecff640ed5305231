package dev.carillon.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A fair semaphore in front of a connection pool: threads get connections in order of arrival. The pool itself does not
 * reserve a freed connection for the longest waiter: with more runnable threads than cores, a running thread takes the
 * connection before the woken one does. One in sixty-four waiters timed out after five seconds while thousands of
 * others got connections.
 */
final class FairConnectionPool {
    private final DataSource pool;
    private final Semaphore free;
    private final Duration patience;

    /**
     * A semaphore in front of a pool.
     *
     * @param connections how many of the pool's connections are handed out here
     * @param patience how long a thread waits at most
     */
    FairConnectionPool(DataSource pool, int connections, Duration patience) {
        this.pool = pool;
        this.free = new Semaphore(connections, true);
        this.patience = patience;
    }

    /**
     * A connection. Call {@link #release()} once it is closed.
     *
     * @throws SQLTransientConnectionException when the wait timed out
     */
    Connection acquire() throws SQLException {
        await();
        boolean had = false;
        try {
            var connection = pool.getConnection();
            had = true;
            return connection;
        } finally {
            if (!had) {
                release();
            }
        }
    }

    /** Releases a permit to the next waiting thread. */
    void release() {
        free.release();
    }

    /** How many threads are waiting. */
    int waiting() {
        return free.getQueueLength();
    }

    private void await() throws SQLException {
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException(
                        "no database connection became free within %s; %d threads are waiting"
                                .formatted(patience, waiting()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a database connection", e);
        }
    }
}
