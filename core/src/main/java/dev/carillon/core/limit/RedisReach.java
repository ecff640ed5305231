package dev.carillon.core.limit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis is used. Once it is unreachable, no request waits for it: a separate thread checks regularly whether it
 * is back. Right after the start, requests wait for the connection, for a second at most.
 */
final class RedisReach implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisReach.class);
    private static final Duration TO_CONNECT = Duration.ofSeconds(1);
    private static final Duration WHILE_CONNECTING = Duration.ofMillis(20);

    private final BooleanSupplier answers;
    private final Duration retryRedisEvery;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final long startedAt = System.nanoTime();
    private volatile boolean up;
    private volatile boolean closed;
    private volatile Thread asking;

    /**
     * Starts checking.
     *
     * @param answers sends a request to Redis and returns whether it answered in time
     */
    RedisReach(BooleanSupplier answers, Duration retryRedisEvery) {
        this.answers = answers;
        this.retryRedisEvery = retryRedisEvery;
        this.asking = Thread.ofVirtual().name("limits").start(this::askUntilItAnswers);
    }

    boolean isUp() {
        return up;
    }

    /** Like {@code isUp}, but right after the start it waits until the state is known. */
    boolean isUpAfterStart() {
        if (!up && begun.getCount() > 0) {
            try {
                // Returns with the first answer, or once the time to connect is over.
                begun.await(TO_CONNECT.toNanos() - sinceStart(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return up;
    }

    /** Redis did not answer. */
    synchronized void lost() {
        if (up && !closed) {
            up = false;
            warn();
            asking = Thread.ofVirtual().name("limits").start(this::askUntilItAnswers);
        }
    }

    private long sinceStart() {
        return System.nanoTime() - startedAt;
    }

    private static void warn() {
        LOG.warn("Redis is unreachable; each process counts requests alone, so rate limits allow more");
    }

    private void askUntilItAnswers() {
        try {
            while (!closed && !answers.getAsBoolean()) {
                if (begun.getCount() > 0 && sinceStart() >= TO_CONNECT.toNanos()) {
                    warn();
                    begun.countDown();
                }
                Thread.sleep(begun.getCount() > 0 ? WHILE_CONNECTING : retryRedisEvery);
            }
            back();
        } catch (InterruptedException e) {
            // Only close() interrupts.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void back() {
        up = !closed;
        if (begun.getCount() > 0) {
            begun.countDown();
        } else if (up) {
            LOG.info("Redis is reachable again; all processes count requests together");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        up = false;
        begun.countDown();
        asking.interrupt();
    }
}
