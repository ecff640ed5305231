package dev.carillon.core.event;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.signal.KeyedNotifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to the followers in this process as the events are numbered. However many followers a tenant has, one
 * reader per process reads its log for them. It is woken by commits in this process and, through Redis, in others. In
 * case Redis is down, one query each half second finds all tenants that have new events.
 */
@Singleton
public class LiveEventHub {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEventHub.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final LiveReads reads;
    private final KeyedNotifier notifier;
    private final Map<Tenant, LiveTenant> tenants = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
    private volatile boolean closed;

    LiveEventHub(LiveReads reads, KeyedNotifier notifier) {
        this.reads = reads;
        this.notifier = notifier;
    }

    /**
     * Hands every event that matches the filter to {@code sink}, after a given event or from now on, until the result
     * is closed. The filter's times are ignored.
     *
     * @param after an event of the same workspace and mode; null to start with the events that are committed from now
     *     on
     * @throws dev.carillon.core.kernel.ApiException {@code scope_missing}, {@code not_found} for an event or post that does
     *     not exist, {@code event_no_longer_kept}
     */
    public EventSubscription follow(Actor actor, EventFilter filter, @Nullable EventId after, EventSink sink) {
        actor.require(Scope.EVENTS_READ);
        var tenant = actor.tenant();
        var beginning = reads.beginning(tenant, filter.post(), after);
        sink.begin(beginning.event());
        startLooking();
        while (true) {
            var live = tenants.computeIfAbsent(
                    tenant, key -> new LiveTenant(key, beginning.last(), reads, notifier, tenants::remove));
            var subscription = new EventSubscription(live, reads, filter, beginning.after(), sink);
            if (live.retain()) {
                subscription.start();
                return subscription;
            }
            // Its last follower has just left, and it is removing itself from the map.
            Thread.onSpinWait();
        }
    }

    /** The number of tenants that have followers in this process. */
    public int tenants() {
        return tenants.size();
    }

    private void startLooking() {
        if (looking.get() == null) {
            var thread = Thread.ofVirtual().name("live events").unstarted(this::look);
            if (looking.compareAndSet(null, thread)) {
                thread.start();
            }
        }
    }

    private void look() {
        try {
            while (!closed) {
                wakeThoseBehind();
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeThoseBehind() {
        var known = new HashMap<Tenant, Long>();
        tenants.forEach((tenant, live) -> known.put(tenant, live.head()));
        if (known.isEmpty()) {
            return;
        }
        try {
            reads.withNews(known).forEach(tenant -> notifier.wakeHere(tenant.workspace()));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("could not look for new events; trying again");
        }
    }

    /** Ends all reading; followers receive nothing more. */
    @PreDestroy
    void close() {
        closed = true;
        var thread = looking.get();
        if (thread != null) {
            thread.interrupt();
        }
        tenants.values().forEach(LiveTenant::stop);
    }
}
