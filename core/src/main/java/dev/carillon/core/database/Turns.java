package dev.carillon.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Lets threads have a pool's connections in the order in which they came. The pool by itself offers a connection to whoever waits longest
 * without keeping it for him: on a processor with more threads than it can run, somebody who runs takes it before he who was woken does, and
 * one in sixty-four waited in vain for five seconds while thousands passed.
 */
final class Turns {
    private final DataSource pool;
    private final Semaphore free;
    private final Duration patience;

    /**
     * Turns at a pool.
     *
     * @param connections how many of the pool's are given out here
     * @param patience how long a thread waits for its turn
     */
    Turns(DataSource pool, int connections, Duration patience) {
        this.pool = pool;
        this.free = new Semaphore(connections, true);
        this.patience = patience;
    }

    /**
     * A connection, whose {@link #over()} has to be called once it is closed.
     *
     * @throws SQLTransientConnectionException when no turn came in time
     */
    Connection next() throws SQLException {
        await();
        boolean had = false;
        try {
            var connection = pool.getConnection();
            had = true;
            return connection;
        } finally {
            if (!had) {
                over();
            }
        }
    }

    /** Lets the next thread have its turn. */
    void over() {
        free.release();
    }

    /** How many threads wait for theirs. */
    int waiting() {
        return free.getQueueLength();
    }

    private void await() throws SQLException {
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException(
                        "no connection within %s; %d are waiting".formatted(patience, waiting()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
        }
    }
}
