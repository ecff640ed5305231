package dev.carillon.app.bench.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What was done in some stretches of time, and how long each of it took. */
final class Measured {
    private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    private Duration time = Duration.ZERO;
    private Duration clientCpu = Duration.ZERO;

    /** One more, which took so long. */
    void record(long nanos) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /**
     * A stretch has ended.
     *
     * @param cpu that this JVM's own thread spent in it
     */
    void ended(Duration stretch, Duration cpu) {
        time = time.plus(stretch);
        clientCpu = clientCpu.plus(cpu);
    }

    /** Adds what another one has. */
    void add(Measured other) {
        micros.add(other.micros);
        time = time.plus(other.time);
        clientCpu = clientCpu.plus(other.clientCpu);
    }

    double perSecond() {
        return micros.getTotalCount() / (time.toNanos() / 1e9);
    }

    /** In milliseconds. */
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** The share of one core that asking took. */
    double clientShare() {
        return (double) clientCpu.toNanos() / time.toNanos();
    }
}
