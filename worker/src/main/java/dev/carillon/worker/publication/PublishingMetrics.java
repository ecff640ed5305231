package dev.carillon.worker.publication;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.publication.attempt.StartedAttempt;
import dev.carillon.jobs.Ticks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Publishing metrics for operators: how late attempts start, their outcomes, and what is overdue. */
@Singleton
public class PublishingMetrics {
    /** The outcome of an attempt that lost its publication to another claim. */
    static final String LOST = "lost";

    /** From punctual to the usual grace, after which a post is missed, and beyond. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private static final Duration RECENT = Duration.ofMinutes(5);
    private static final int STEPS_OF_RECENT = 5;
    private static final int DIGITS = 2;

    private final MeterRegistry registry;
    private final OverdueMetrics overdue;
    private final ByMode<Timer> lateness;
    private final ByMode<Timer> recentLateness;
    private final ByMode<Map<String, Counter>> attempts = new ByMode<>(mode -> new ConcurrentHashMap<>());

    PublishingMetrics(MeterRegistry registry, OverdueMetrics overdue) {
        this.registry = registry;
        this.overdue = overdue;
        this.lateness = new ByMode<>(mode -> Timer.builder("carillon.publication.lateness")
                .description("How late the first attempt of a publication started")
                .tags(mode)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
        // Prometheus accepts buckets or quantiles under one name. The quantiles are for reading a single process
        // without Prometheus.
        this.recentLateness = new ByMode<>(mode -> Timer.builder("carillon.publication.lateness.recent")
                .description("How late first attempts started in this process in the last five minutes, as quantiles")
                .tags(mode)
                .publishPercentiles(0.5, 0.99)
                .percentilePrecision(DIGITS)
                .distributionStatisticExpiry(RECENT.dividedBy(STEPS_OF_RECENT))
                .distributionStatisticBufferLength(STEPS_OF_RECENT)
                .register(registry));
    }

    /** Counts overdue publications on these ticks. */
    public void startOn(Ticks ticks) {
        overdue.startOn(ticks);
    }

    /**
     * An attempt has started. Only a first attempt shows how late its publication is, and later parts of a thread
     * have no time of their own.
     */
    void begun(StartedAttempt attempt) {
        var publication = attempt.publication();
        var due = publication.publishAt();
        if (due != null && publication.part() == 0 && publication.attemptCount().attempts() == 1) {
            // A post to be published now gets its time from a clock that may differ slightly from the database's.
            long micros = Math.max(0, ChronoUnit.MICROS.between(due, attempt.begunAt()));
            var mode = publication.tenant().mode();
            lateness.of(mode).record(micros, TimeUnit.MICROSECONDS);
            recentLateness.of(mode).record(micros, TimeUnit.MICROSECONDS);
        }
    }

    void ended(Mode mode, String outcome) {
        attempts.of(mode)
                .computeIfAbsent(outcome, named -> Counter.builder("carillon.attempts")
                        .description("Publishing attempts that have ended, by outcome")
                        .tags(ByMode.tag(mode))
                        .tag("outcome", named)
                        .register(registry))
                .increment();
    }
}
