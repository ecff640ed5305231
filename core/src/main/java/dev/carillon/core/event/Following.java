package dev.carillon.core.event;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who follows a tenant's events. Where it begins behind the others, it reads the log by itself until it is level with them. */
public final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final int PAGE = 50;

    private final LiveTenant tenant;
    private final EventFilter filter;
    private final EventSink sink;

    /** Everything up to this number was handed to it; written by the thread that catches up, and then under the tenant's lock. */
    private volatile long position;

    private volatile boolean closed;

    Following(LiveTenant tenant, EventFilter filter, long position, EventSink sink) {
        this.tenant = tenant;
        this.filter = filter;
        this.position = position;
        this.sink = sink;
    }

    long position() {
        return position;
    }

    void start(LiveReads reads, Semaphore turns) {
        if (!tenant.join(this)) {
            Thread.ofVirtual().name("catching up").start(() -> catchUp(reads, turns));
        }
    }

    private void catchUp(LiveReads reads, Semaphore turns) {
        try {
            while (!closed && !tenant.join(this)) {
                if (!sink.awaitRoom()) {
                    return;
                }
                readPage(reads, turns);
            }
            if (closed) {
                // Closed between the look and the joining: it must not stay among the level ones.
                tenant.leave(this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("past events could not be read for a follower");
            sink.fail();
        }
    }

    private void readPage(LiveReads reads, Semaphore turns) throws InterruptedException {
        long upTo = tenant.head();
        List<RecordedEvent> events;
        turns.acquire();
        try {
            events = reads.past(tenant.tenant(), filter, position, upTo, PAGE);
        } finally {
            turns.release();
        }
        if (!events.isEmpty()) {
            sink.takePast(events.stream().map(LiveEvent::new).toList());
        }
        position = events.size() < PAGE ? upTo : events.getLast().number();
    }

    /** What everybody gets who is level; called under the tenant's lock. */
    void offer(List<LiveEvent> events) {
        var wanted = events.stream()
                .filter(event -> event.event().number() > position && filter.matches(event.event()))
                .toList();
        if (!wanted.isEmpty()) {
            take(wanted);
        }
        position = Math.max(position, events.getLast().event().number());
    }

    private void take(List<LiveEvent> events) {
        try {
            sink.take(events);
        } catch (RuntimeException e) {
            // The others who follow this tenant are not to suffer from one.
            LOG.atWarn().setCause(e).log("a follower could not take its events");
            sink.fail();
        }
    }

    /** Ends it; it may be called twice, and from any thread. */
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
