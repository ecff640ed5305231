package dev.carillon.app.bench.dispatch.baseline;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Jobs for a queue.
 *
 * @param kind the name under which they are counted
 * @param lasts how long each of them waits
 * @param after how long after the start the first one is due
 * @param spacing time between two jobs
 */
public record Load(String kind, int count, Duration lasts, Duration after, Duration spacing) {
    /** Jobs that are all due at one moment. */
    public static Load atOnce(String kind, int count, Duration lasts) {
        return new Load(kind, count, lasts, Duration.ZERO, Duration.ZERO);
    }

    /** One job. */
    public record Job(String kind, long lastsMillis, long dueMicros) implements Serializable {
        public Instant due() {
            return Instant.EPOCH.plus(dueMicros, ChronoUnit.MICROS);
        }
    }

    Stream<Job> jobs(Instant first) {
        long firstMicros = ChronoUnit.MICROS.between(Instant.EPOCH, first.plus(after));
        return IntStream.range(0, count)
                .mapToObj(nth -> new Job(kind, lasts.toMillis(), firstMicros + nth * spacingMicros()));
    }

    long spacingMicros() {
        return spacing.toNanos() / 1_000;
    }
}
