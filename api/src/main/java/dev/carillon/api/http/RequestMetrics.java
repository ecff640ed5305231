package dev.carillon.api.http;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** How long replies take. The labels have few values, whatever callers send: no paths, and no text from callers. */
@Singleton
class RequestMetrics {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Up to the longest wait that a caller may ask for. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterProvider<Timer> requests;

    RequestMetrics(MeterRegistry registry) {
        this.requests = Timer.builder("carillon.http.requests")
                .description("Duration of API requests until their reply")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
    }

    /**
     * Records a request that was answered.
     *
     * @param route the template that it matched
     */
    void answered(String method, String route, int status, Duration took) {
        requests.withTags(
                        "method",
                        METHODS.contains(method) ? method : "other",
                        "route",
                        route,
                        "status",
                        Integer.toString(status))
                .record(took);
    }
}
