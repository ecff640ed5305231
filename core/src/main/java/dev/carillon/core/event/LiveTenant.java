package dev.carillon.core.event;

import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.signal.KeyedNotifier;
import dev.carillon.core.signal.KeyedNotifier.Waiter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one reader of a tenant's log in this process, and the followers that have caught up with it. It stops with its
 * last follower.
 */
final class LiveTenant {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTenant.class);
    private static final int BATCH = 500;
    private static final Duration ANNOUNCE_AGAIN = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);

    private final Tenant tenant;
    private final LiveReads reads;
    private final Waiter waiter;
    private final BiConsumer<Tenant, LiveTenant> ended;
    private final Thread thread;

    // Guarded by this.
    private final Set<EventSubscription> level = new LinkedHashSet<>();
    private int followers;
    private boolean started;
    private boolean stopped;
    private long head;

    LiveTenant(
            Tenant tenant, long head, LiveReads reads, KeyedNotifier notifier, BiConsumer<Tenant, LiveTenant> ended) {
        this.tenant = tenant;
        this.head = head;
        this.reads = reads;
        this.ended = ended;
        this.waiter = notifier.on(tenant.workspace());
        this.thread = Thread.ofVirtual().name("events of " + tenant.workspace()).unstarted(this::run);
    }

    Tenant tenant() {
        return tenant;
    }

    /** The number up to which every caught-up follower has received all events. */
    synchronized long head() {
        return head;
    }

    /** Adds a follower; false if the reader has already stopped. */
    synchronized boolean retain() {
        if (stopped) {
            return false;
        }
        followers++;
        if (!started) {
            started = true;
            thread.start();
        }
        return true;
    }

    synchronized void leave(EventSubscription subscription) {
        level.remove(subscription);
    }

    synchronized void release(EventSubscription subscription) {
        level.remove(subscription);
        followers--;
        if (followers == 0) {
            stop();
        }
    }

    /** Adds a follower to the caught-up ones; false if it has not received everything up to the head. */
    synchronized boolean join(EventSubscription subscription) {
        if (subscription.position() < head) {
            return false;
        }
        level.add(subscription);
        return true;
    }

    synchronized void stop() {
        if (!stopped) {
            stopped = true;
            waiter.close();
            ended.accept(tenant, this);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void run() {
        try {
            while (!isStopped()) {
                if (readOn() < BATCH) {
                    awaitNews();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNews() throws InterruptedException {
        boolean woken;
        do {
            woken = waiter.await(ANNOUNCE_AGAIN);
        } while (!woken);
        if (waiter.isClosed()) {
            stop();
        }
    }

    /** Reads new events, hands them to the followers, and returns how many there were. */
    private int readOn() throws InterruptedException {
        try {
            var events = reads.next(tenant, head(), BATCH);
            if (!events.isEmpty()) {
                handOut(events);
            }
            return events.size();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("could not read new events for live streams; trying again");
            TimeUnit.NANOSECONDS.sleep(AFTER_TROUBLE.toNanos());
            return BATCH;
        }
    }

    private synchronized void handOut(List<RecordedEvent> events) {
        var shared = events.stream().map(LiveEvent::new).toList();
        head = events.getLast().number();
        // A copy, because a follower that ends removes itself from the set.
        for (var subscription : List.copyOf(level)) {
            if (!subscription.offer(shared)) {
                level.remove(subscription);
                subscription.startCatchingUp();
            }
        }
    }
}
