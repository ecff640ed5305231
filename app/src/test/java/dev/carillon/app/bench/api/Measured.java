package dev.carillon.app.bench.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The number of operations in some periods, and how long each operation took. */
final class Measured {
    private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    private Duration time = Duration.ZERO;
    private Duration clientCpu = Duration.ZERO;

    /** Records one operation. */
    void record(long nanos) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /**
     * Records the end of a period.
     *
     * @param cpu time of this JVM's client thread in the period
     */
    void ended(Duration stretch, Duration cpu) {
        time = time.plus(stretch);
        clientCpu = clientCpu.plus(cpu);
    }

    /** Adds the figures of another one. */
    void add(Measured other) {
        micros.add(other.micros);
        time = time.plus(other.time);
        clientCpu = clientCpu.plus(other.clientCpu);
    }

    double perSecond() {
        return micros.getTotalCount() / (time.toNanos() / 1e9);
    }

    /** A percentile in milliseconds. */
    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** The share of one core that the client used. */
    double clientShare() {
        return (double) clientCpu.toNanos() / time.toNanos();
    }
}
