package dev.carillon.app.bench.dispatch.baseline;

import dev.carillon.app.bench.dispatch.baseline.Tally.Tallies;
import java.time.Instant;

/** A job queue on a database of its own. Closing it stops it and leaves jobs that did not run. */
public interface JobQueueUnderTest extends AutoCloseable {
    /** What it is, with the settings that matter. */
    String name();

    /** Puts jobs, many at a time, the first of them due at {@code first}. */
    void put(Load load, Instant first);

    /** Begins to run what is due. */
    void start();

    /** Whether no job is left, bookkeeping included. */
    boolean isEmpty();

    Tallies tallies();

    @Override
    void close();
}
