package dev.carillon.api.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of streams. */
@Singleton
class StreamMetrics {
    private final MeterRegistry registry;

    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Reports this count as the number of open streams from now on. */
    void show(AtomicInteger open) {
        Gauge.builder("carillon.streams.open", open, AtomicInteger::get)
                .description("Event streams that this process has open")
                .register(registry);
    }

    /**
     * Counts a stream that has ended.
     *
     * @param reason one of a small, fixed set
     */
    void ended(String reason) {
        Counter.builder("carillon.streams.ended")
                .description("Event streams that have ended, by reason")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
