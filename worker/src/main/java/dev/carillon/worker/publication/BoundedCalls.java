package dev.carillon.worker.publication;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to platforms that one tick has made and that have no answer yet, one virtual thread each. The tick does not
 * wait for them, their number is limited, and a host that hangs occupies no more than its share.
 */
final class BoundedCalls {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedCalls.class);
    private static final int AT_ONCE = 64;
    private static final int BATCH = 16;
    private static final int SHARE_OF_A_HOST = 16;
    private static final long PATIENCE_MILLIS = 500;

    private final String name;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Map<String, Integer> byHost = new ConcurrentHashMap<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    BoundedCalls(String name) {
        this.name = name;
    }

    /** Claims what is due, except at busy hosts. */
    interface Claiming<T> {
        List<T> claim(int limit, Collection<String> busyHosts);
    }

    /**
     * Claims what is due and starts it, until nothing is left or there is no room. Never called twice at the same time.
     */
    <T> void round(Claiming<T> claiming, Function<T, String> hostOf, Consumer<T> work) throws InterruptedException {
        int claimed = BATCH;
        while (claimed == BATCH && room.tryAcquire(BATCH, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            claimed = 0;
            try {
                var due = claiming.claim(BATCH, busyHosts());
                claimed = due.size();
                due.forEach(one -> start(hostOf.apply(one), () -> work.accept(one)));
            } finally {
                room.release(BATCH - claimed);
            }
        }
    }

    private Set<String> busyHosts() {
        return byHost.entrySet().stream()
                .filter(host -> host.getValue() >= SHARE_OF_A_HOST)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void start(String host, Runnable work) {
        byHost.merge(host, 1, Integer::sum);
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // The lease expires, and the platform is asked again.
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("tick", name)
                        .log("a call to a platform failed; it is repeated when its lease expires");
            } finally {
                byHost.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
                running.remove(Thread.currentThread());
                room.release();
            }
        });
        running.add(thread);
        thread.start();
    }

    /** Waits a limited time for the answers. */
    void awaitAll(Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        for (var thread : List.copyOf(running)) {
            thread.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
