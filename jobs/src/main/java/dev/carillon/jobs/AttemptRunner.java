package dev.carillon.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Runs attempts on the claimed rows of one kind of lane: starts the attempts of a chunk together, works on each in its
 * own virtual thread, and records each when it has ended. Chunks that start at the same time share the statements and
 * the commit, and so do attempts that end at the same time.
 *
 * @param <C> a claim; its {@code toString} names the row and contains nothing that must not be logged
 * @param <S> a started attempt
 * @param <E> an ended attempt
 * @param <R> what the row is after the attempt was recorded
 */
public final class AttemptRunner<C, S, E, R> implements AutoCloseable {
    private static final int WRITERS = 2;
    private static final int RECORDS_AT_ONCE = 200;

    private final GroupCommit<List<C>, Map<C, S>> starts;
    private final GroupCommit<E, Optional<R>> records;
    private final RunningRows<C> running;
    private final Duration lease;

    /**
     * How attempts of one kind are run.
     *
     * @param name the kind, for threads
     * @param chunksAtOnce the most chunks whose attempts start together
     * @param patience the time after which a job is released although some of its attempts are still running; these
     *     continue under their own leases
     * @param lease how long a claim is valid once its attempt has started
     */
    public record Settings(String name, int chunksAtOnce, Duration patience, Duration lease) {}

    /**
     * Starts the threads that write.
     *
     * @param start starts the attempts of claims, all in one transaction; leaves out claims that have been lost and
     *     claims that must not be attempted now
     * @param record records ended attempts, all in one transaction; leaves out those whose row another claim has taken
     * @param claimOf returns the claim of an ended attempt
     */
    public AttemptRunner(
            Settings settings,
            Function<List<C>, Map<C, S>> start,
            Function<List<E>, Map<C, R>> record,
            Function<E, C> claimOf) {
        this.starts = new GroupCommit<>(
                settings.name() + " starter", WRITERS, settings.chunksAtOnce(), chunks -> startTogether(chunks, start));
        this.records = new GroupCommit<>(
                settings.name() + " recorder",
                WRITERS,
                RECORDS_AT_ONCE,
                ended -> recordTogether(ended, record, claimOf));
        this.running = new RunningRows<>(settings.patience());
        this.lease = settings.lease();
    }

    private static <C, S> List<Map<C, S>> startTogether(List<List<C>> chunks, Function<List<C>, Map<C, S>> start) {
        var claims = chunks.stream().flatMap(Collection::stream).distinct().toList();
        var started = new HashMap<>(start.apply(claims));
        return chunks.stream().map(chunk -> taken(chunk, started)).toList();
    }

    /**
     * If a job was rerun while its first run waited here, both have the same claims; each attempt goes to one of them.
     */
    private static <C, S> Map<C, S> taken(List<C> chunk, Map<C, S> started) {
        var taken = new HashMap<C, S>();
        for (var claim : chunk) {
            var attempt = started.remove(claim);
            if (attempt != null) {
                taken.put(claim, attempt);
            }
        }
        return taken;
    }

    private static <C, E, R> List<Optional<R>> recordTogether(
            List<E> ended, Function<List<E>, Map<C, R>> record, Function<E, C> claimOf) {
        var recorded = record.apply(ended);
        return ended.stream()
                .map(one -> Optional.ofNullable(recorded.get(claimOf.apply(one))))
                .toList();
    }

    /**
     * Starts the attempts of a chunk's claims, waits until that is committed, and works on each attempt that was
     * started. Each attempt is worked on once, even if its job runs twice at the same time. Returns when all have
     * ended, or earlier, while slow ones continue.
     *
     * @throws RuntimeException if no attempt was started
     */
    public void run(List<C> claims, BiConsumer<C, S> work) throws InterruptedException {
        var started = start(claims);
        running.started(claims);
        running.runAll(claims, claim -> {
            var attempt = started.get(claim);
            if (attempt != null) {
                work.accept(claim, attempt);
            }
        });
    }

    private Map<C, S> start(List<C> claims) {
        try {
            return starts.get(claims);
        } catch (RuntimeException e) {
            running.ended(claims);
            throw e;
        }
    }

    /** Reports that the host of a running row has answered. */
    public void answered(C claim) {
        running.answered(claim);
    }

    /**
     * Records an attempt and waits until it is committed. A known outcome must not be lost: while the database is
     * unavailable, recording is repeated until the lease must have expired.
     *
     * @return what the row is now; empty if another claim has taken it
     * @throws RuntimeException if it could not be recorded; the lease then expires
     */
    public Optional<R> record(E ended) {
        return records.get(ended, lease);
    }

    /** The rows that are being worked on. */
    RunningRows<C> running() {
        return running;
    }

    /** Starts and records nothing more. */
    @Override
    public void close() {
        starts.close();
        records.close();
    }
}
