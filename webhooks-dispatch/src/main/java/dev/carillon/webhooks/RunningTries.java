package dev.carillon.webhooks;

import dev.carillon.webhooks.DeliverJob.Claim;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deliveries that this process is sending, a virtual thread each. */
@Singleton
class RunningTries {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTries.class);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Claim> whenDone = claim -> {};

    /** Says who wants to hear of tries that have ended. */
    void whenDone(Consumer<Claim> listener) {
        whenDone = listener;
    }

    Thread run(Claim claim, Runnable work) {
        var thread = Thread.ofVirtual().name(claim.delivery().toString()).unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // The lease passes and the same webhook is sent again.
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("delivery", claim.delivery())
                        .log("delivering broke off");
            } finally {
                threads.remove(Thread.currentThread());
                whenDone.accept(claim);
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the tries that are running, but not for ever. */
    void awaitAll(Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        for (var thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
