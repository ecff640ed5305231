package dev.carillon.webhooks;

import dev.carillon.core.event.EventSequencer;
import dev.carillon.core.event.FanOut;
import dev.carillon.core.webhook.DeliveryFanOut;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers events and creates deliveries from them, in its own thread: on every tick, and at once when woken. */
@Singleton
class EventPump {
    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(15);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final EventSequencer sequencer;
    private final FanOut fanOut;
    private final DeliveryFanOut deliveries;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("event pump").unstarted(this::run);
    private volatile boolean closing;
    private volatile long lastSuccess = System.nanoTime();

    EventPump(EventSequencer sequencer, FanOut fanOut, DeliveryFanOut deliveries) {
        this.sequencer = sequencer;
        this.fanOut = fanOut;
        this.deliveries = deliveries;
    }

    void start() {
        thread.start();
    }

    /** Triggers a round now. Returns at once; callable from any thread. */
    void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    boolean isHealthy() {
        return thread.isAlive() && System.nanoTime() - lastSuccess < HEALTHY_WITHIN.toNanos();
    }

    /** Waits a limited time for the current round, and starts no other. */
    void stop() throws InterruptedException {
        closing = true;
        wake();
        if (!thread.join(STOP_WITHIN)) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                boolean more = pump();
                if (!more && wakes.tryAcquire(TICK.toNanos(), TimeUnit.NANOSECONDS)) {
                    wakes.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One round; returns whether another one may find more. */
    private boolean pump() throws InterruptedException {
        try {
            sequencer.numberAll();
            boolean more = fanOut.run(deliveries::fanOut) > 0;
            lastSuccess = System.nanoTime();
            return more;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("event fan-out failed; trying again");
            wakes.tryAcquire(AFTER_TROUBLE.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        }
    }
}
