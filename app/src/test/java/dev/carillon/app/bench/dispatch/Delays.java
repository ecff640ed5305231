package dev.carillon.app.bench.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** How long after their due time things happened. Early ones are counted separately. Thread-safe. */
public final class Delays {
    private static final double MICROS_PER_MILLI = 1000.0;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(TimeUnit.HOURS.toMicros(1), 3);
    private final LongAdder early = new LongAdder();

    public void record(long delayMicros) {
        if (delayMicros < 0) {
            early.increment();
        }
        micros.recordValue(Math.max(0, delayMicros));
    }

    void addAll(Delays others) {
        micros.add(others.micros);
        early.add(others.early());
    }

    public long count() {
        return micros.getTotalCount();
    }

    public long early() {
        return early.sum();
    }

    public double medianMillis() {
        return millis(50);
    }

    public double p95Millis() {
        return millis(95);
    }

    public double p99Millis() {
        return millis(99);
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}
