package dev.carillon.core.database;

import dev.carillon.core.kernel.CausalChain;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a transaction again after the database ended it because of a deadlock. The database has rolled it back, and the
 * other transaction has the locks it waited for. Rows are locked in one order wherever the order is known in advance; a
 * batch or an edit may only discover on the way that its contents collide with another transaction's.
 */
final class Deadlocks {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlocks.class);
    private static final String DEADLOCK = "40P01";

    /** Each deadlock costs the second after which the database checks for one. */
    private static final int MOST = 3;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Deadlocks() {}

    static <T> T despite(Supplier<T> transaction) {
        for (int ended = 1; ended <= MOST; ended++) {
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (!isCauseOf(e)) {
                    throw e;
                }
                LOG.atWarn()
                        .addKeyValue("times", ended)
                        .log("deadlock: the transaction was rolled back and runs again");
                letTheOtherOnePass(ended);
            }
        }
        return transaction.get();
    }

    /**
     * The other transaction has not finished, and would collide with this one again. No lock is held during the pause.
     */
    private static void letTheOtherOnePass(int ended) {
        long longest = PAUSE.multipliedBy(1L << ended).toMillis();
        LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest))
                .toNanos());
    }

    private static boolean isCauseOf(Throwable fault) {
        return CausalChain.of(fault)
                .anyMatch(cause -> cause instanceof SQLException sql && DEADLOCK.equals(sql.getSQLState()));
    }
}
