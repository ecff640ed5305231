package dev.carillon.app.bench.dispatch.baseline;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Jobs to be put into a queue.
 *
 * @param kind what they are counted as
 * @param lasts how long each of them takes, doing nothing
 * @param after how long after everything else the first one is due
 * @param spacing from the time of one job to that of the next
 */
public record Load(String kind, int count, Duration lasts, Duration after, Duration spacing) {
    /** All due at one moment. */
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
