package dev.carillon.app.bench.dispatch.baseline;

import dev.carillon.app.bench.dispatch.baseline.Tally.Tallies;
import java.time.Instant;

/** A job queue on a separate database. Closing it stops it; jobs that did not run stay. */
public interface JobQueueUnderTest extends AutoCloseable {
    /** The system, with its relevant settings. */
    String name();

    /** Enqueues jobs, many at a time; the first of them is due at {@code first}. */
    void put(Load load, Instant first);

    /** Starts to run due jobs. */
    void start();

    /** Whether no job is left and all bookkeeping is done. */
    boolean isEmpty();

    Tallies tallies();

    @Override
    void close();
}
