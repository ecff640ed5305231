package dev.carillon.app.bench.api;

import java.io.IOException;
import java.time.Duration;

/** Something that can be repeated, as many times in parallel as the benchmark has connections. */
interface Contestant {
    String name();

    /**
     * Repeats it for this time.
     *
     * @throws IllegalStateException if a result is not the expected one
     */
    Measured run(Duration time) throws IOException, InterruptedException;
}
