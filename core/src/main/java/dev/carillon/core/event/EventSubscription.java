package dev.carillon.core.event;

import dev.carillon.core.event.EventConditions.Numbers;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A follower of a tenant's events. While it is behind the others, at the start or after it was full, it reads the log
 * by itself until it has caught up.
 */
public final class EventSubscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);
    private static final int PAGE = 50;

    private final LiveTenant tenant;
    private final LiveReads reads;
    private final EventFilter filter;
    private final EventSink sink;

    /**
     * Everything up to this number was handed to it. Written by the thread that catches up, and after that under the
     * tenant's lock.
     */
    private volatile long position;

    private volatile boolean closed;

    EventSubscription(LiveTenant tenant, LiveReads reads, EventFilter filter, long position, EventSink sink) {
        this.tenant = tenant;
        this.reads = reads;
        this.filter = filter;
        this.position = position;
        this.sink = sink;
    }

    long position() {
        return position;
    }

    void start() {
        if (!tenant.join(this)) {
            startCatchingUp();
        }
    }

    /** Reads on from its position, as fast as the sink takes events, until it has caught up. */
    void startCatchingUp() {
        Thread.ofVirtual().name("catching up").start(this::catchUp);
    }

    private void catchUp() {
        try {
            while (!closed) {
                // Waits before joining, too: a follower that has caught up but is full would fall behind at the next
                // event.
                if (!sink.awaitRoom()) {
                    return;
                }
                if (tenant.join(this)) {
                    break;
                }
                readPage();
            }
            if (closed) {
                // It was closed after the loop checked and before it joined, so it must leave again.
                tenant.leave(this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("could not read past events for a live stream; closing the stream");
            sink.fail();
        }
    }

    private void readPage() throws InterruptedException {
        long upTo = tenant.head();
        var events = reads.past(tenant.tenant(), filter, new Numbers(position, upTo + 1), PAGE);
        if (!events.isEmpty()) {
            sink.takePast(events.stream().map(LiveEvent::new).toList());
        }
        position = events.size() < PAGE ? upTo : events.getLast().number();
    }

    /**
     * Offers the events that every caught-up follower gets; called under the tenant's lock.
     *
     * @return false if there was no room, and none of the events were taken
     */
    boolean offer(List<LiveEvent> events) {
        var wanted = events.stream()
                .filter(event -> event.event().number() > position && filter.matches(event.event()))
                .toList();
        if (!wanted.isEmpty() && !take(wanted)) {
            return false;
        }
        position = Math.max(position, events.getLast().event().number());
        return true;
    }

    private boolean take(List<LiveEvent> events) {
        try {
            return sink.take(events);
        } catch (RuntimeException e) {
            // One follower's failure must not affect the tenant's other followers.
            LOG.atWarn().setCause(e).log("a live stream could not take its events; closing the stream");
            sink.fail();
            return true;
        }
    }

    /** Stops following; may be called more than once, and from any thread. */
    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
        }
        if (first) {
            tenant.release(this);
        }
    }
}
