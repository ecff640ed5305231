package dev.carillon.app.bench.api;

import java.io.IOException;
import java.time.Duration;

/** Something that can be done over and over, by as many at a time as the benchmark has connections. */
interface Contestant {
    String name();

    /**
     * Does it for so long.
     *
     * @throws IllegalStateException when anything else came of it than what is to be measured
     */
    Measured run(Duration time) throws IOException, InterruptedException;
}
