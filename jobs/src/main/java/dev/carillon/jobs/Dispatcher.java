package dev.carillon.jobs;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.jobs.lane.ClaimCapacity;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.Lanes;
import dev.carillon.jobs.lane.RowKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims due rows of one kind of lane and hands them over as jobs, in its own thread; one per process and kind. It
 * polls on every tick and immediately when woken, claims no more than it has room for, and continues after any error.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(15);

    /** A job server may miss a wake, so the wake is repeated while rows are in flight. */
    private static final Duration WAKE_AGAIN = Duration.ofMillis(200);

    /**
     * How often the rows themselves are checked while there is no room, because other processes may have finished them.
     */
    private static final Duration COUNT_WHILE_FULL = Duration.ofMillis(100);

    private final String name;
    private final Lanes lanes;
    private final JobQueue queue;
    private final Function<List<Claimed>, ? extends JobRequest> jobOf;
    private final Clocks clocks;
    private final DispatchConfig config;
    private final InFlight inFlight = new InFlight();
    private final Semaphore wakes = new Semaphore(0);
    private final Pace sweep;
    private final Pace count = new Pace(Duration.ofSeconds(1));
    private final Pace countWhileFull = new Pace(COUNT_WHILE_FULL);
    private final Pace wakeAgain = new Pace(WAKE_AGAIN);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean full;
    private volatile boolean hostFull;
    private volatile long lastSuccess = System.nanoTime();

    /**
     * Creates a dispatcher; it does nothing until {@link #start()}.
     *
     * @param name the kind of work, for threads and logs
     * @param jobOf makes the job for a chunk of rows, with rows of the same lane next to each other; the job carries
     *     their ids and generations
     */
    public Dispatcher(
            String name,
            Lanes lanes,
            JobQueue queue,
            Function<List<Claimed>, ? extends JobRequest> jobOf,
            Clocks clocks,
            DispatchConfig config) {
        this.name = name;
        this.lanes = lanes;
        this.queue = queue;
        this.jobOf = jobOf;
        this.clocks = clocks;
        this.config = config;
        this.sweep = new Pace(config.sweep());
        this.thread = Thread.ofPlatform().daemon().name("dispatch " + name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Triggers a poll now. Returns at once; callable from any thread. */
    public void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    /** Reports that work on a row has started here, so it no longer delays other rows. */
    public void started(RowKey row) {
        inFlight.started(row);
        wakeIfRoom();
    }

    /** Reports that a row's host has answered, so the remaining work no longer occupies the host. */
    public void answered(RowKey row) {
        inFlight.answered(row);
        wakeIfRoom();
    }

    /**
     * Reports that a row is finished, whatever the outcome. This only frees room sooner than the dispatcher's own count
     * would.
     */
    public void done(RowKey row) {
        inFlight.remove(row);
        wakeIfRoom();
    }

    /** A claim of many rows costs little more than a claim of a few, so it waits until there is room for many. */
    private void wakeIfRoom() {
        if (closing || (full && hasRoom()) || (hostFull && hasRoomAtHosts())) {
            full = false;
            hostFull = false;
            wake();
        }
    }

    private boolean hasRoom() {
        return usable(free()) >= config.bounds().waiting() / 2;
    }

    private boolean hasRoomAtHosts() {
        int perHost = config.bounds().perHost();
        return inFlight.atFullestHost() <= perHost - perHost / 4;
    }

    /** Whether a poll has succeeded within the last 15 seconds. */
    public boolean isHealthy() {
        return thread.isAlive() && System.nanoTime() - lastSuccess < HEALTHY_WITHIN.toNanos();
    }

    /** Rows handed over and not known to be finished. */
    public int inFlight() {
        return inFlight.size();
    }

    /**
     * Claims nothing more, then waits for the rows in flight for a limited time. The job server must still be running.
     */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            long deadline = System.nanoTime() + config.drain().toNanos();
            if (thread.isAlive() && !thread.join(config.drain())) {
                thread.interrupt();
            }
            while (!inFlight.isEmpty() && System.nanoTime() < deadline) {
                countAnew();
                pause(WAKE_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var backoff = FIRST_BACKOFF;
        while (!closing) {
            try {
                boolean more = turn();
                lastSuccess = System.nanoTime();
                backoff = FIRST_BACKOFF;
                if (!more) {
                    pause(config.tick());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.atWarn().setCause(e).addKeyValue("lanes", name).log("dispatch failed; trying again");
                backoff = backOff(backoff);
            }
        }
    }

    /** One poll; returns whether another one may find more. */
    private boolean turn() {
        if (sweep.isDue()) {
            lanes.sweep();
        }
        if (count.isDue() || (free() <= 0 && countWhileFull.isDue())) {
            countAnew();
        }
        var capacity = capacity();
        var claimed = lanes.claim(capacity, config.lease(), clocks.now());
        inFlight.add(claimed);
        full = claimed.size() >= capacity.rows() || capacity.urgentOnly();
        hostFull = inFlight.atFullestHost() >= capacity.perHost();
        if (claimed.isEmpty()) {
            if (!inFlight.isEmpty() && wakeAgain.isDue()) {
                queue.wake();
            }
            return false;
        }
        handOver(claimed);
        return !full;
    }

    /** How many more rows could be claimed, including the reserve. Cheap: called for every row that starts or ends. */
    private int free() {
        var bounds = config.bounds();
        return Math.min(bounds.waiting() - inFlight.waiting(), bounds.inFlight() - inFlight.size());
    }

    /** How many of the free rows a claim may use: those beyond the reserve, or the reserve itself for urgent rows. */
    private int usable(int free) {
        return isReserve(free) ? free : free - config.bounds().reserve();
    }

    private boolean isReserve(int free) {
        return free <= config.bounds().reserve();
    }

    private ClaimCapacity capacity() {
        var bounds = config.bounds();
        int free = free();
        return new ClaimCapacity(
                usable(free), isReserve(free), bounds.perTenant(), bounds.perHost(), inFlight.byHost());
    }

    private void handOver(List<Claimed> claimed) {
        try {
            queue.enqueue(Chunks.of(claimed, config.chunk()).stream().map(jobOf));
        } catch (RuntimeException e) {
            claimed.forEach(row -> inFlight.remove(row.key()));
            lanes.release(claimed);
            throw e;
        }
    }

    /**
     * Another process may have run the jobs, and a job may have died; the rows themselves show which are still open.
     */
    private void countAnew() {
        var asked = inFlight.all();
        inFlight.correct(asked, lanes.stillLeased(asked));
    }

    private void pause(Duration atMost) throws InterruptedException {
        if (wakes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            wakes.drainPermits();
        }
    }

    private Duration backOff(Duration now) {
        try {
            pause(now);
        } catch (InterruptedException e) {
            // Only close() interrupts, and the loop checks for that.
            LOG.debug("interrupted while backing off");
        }
        var doubled = now.multipliedBy(2);
        return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
    }
}
