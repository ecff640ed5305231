package dev.carillon.app.bench.dispatch.baseline;

import dev.carillon.app.bench.dispatch.Delays;
import dev.carillon.app.bench.dispatch.baseline.Load.Job;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the jobs of one kind, and measures the time from due to started by this machine's clock. */
public final class Tally {
    private final Delays delays = new Delays();
    private final AtomicLong firstStart = new AtomicLong();
    private final LongAdder ended = new LongAdder();

    /** The tallies of one queue, by the kind of job. */
    public static final class Tallies {
        private final Map<String, Tally> kinds = new ConcurrentHashMap<>();
        private final CountDownLatch released = new CountDownLatch(1);

        /** Ends every waiting job, so that a queue can be stopped without interrupting one. */
        void release() {
            released.countDown();
        }

        public Tally of(String kind) {
            return kinds.computeIfAbsent(kind, same -> new Tally());
        }

        /** Runs a job: counts it and waits as long as it lasts. */
        void run(Job job) throws InterruptedException {
            var tally = of(job.kind());
            tally.firstStart.compareAndSet(0, System.nanoTime());
            tally.delays.record(ChronoUnit.MICROS.between(job.due(), Instant.now()));
            if (job.lastsMillis() > 0) {
                released.await(job.lastsMillis(), TimeUnit.MILLISECONDS);
            }
            tally.ended.increment();
        }
    }

    public Delays delays() {
        return delays;
    }

    /** Jobs that have ended; the queue may not have recorded that yet. */
    public long ended() {
        return ended.sum();
    }

    /** Ended jobs per second since the first one started. */
    public double perSecond() {
        long first = firstStart.get();
        return first == 0 ? 0 : ended() * 1e9 / (System.nanoTime() - first);
    }
}
