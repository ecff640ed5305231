package dev.carillon.worker.publication;

import dev.carillon.worker.publication.PublishJob.Claim;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows that this process is publishing, a virtual thread each. */
@Singleton
public class RunningRows {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRows.class);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Claim> whenDone = claim -> {};

    /** Says who wants to hear of rows that have ended. */
    public void whenDone(Consumer<Claim> listener) {
        whenDone = listener;
    }

    Thread run(Claim claim, Runnable work) {
        var thread = Thread.ofVirtual().name(claim.publication().toString()).unstarted(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // The lease passes and the row is settled: nothing is lost by giving up here.
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("publication", claim.publication())
                        .log("publishing broke off");
            } finally {
                threads.remove(Thread.currentThread());
                whenDone.accept(claim);
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the rows that are running, but not for ever. */
    public void awaitAll(Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        for (var thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, giveUpAt - System.nanoTime())));
        }
    }
}
