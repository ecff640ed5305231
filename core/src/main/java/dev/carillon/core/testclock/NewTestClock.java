package dev.carillon.core.testclock;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A clock to be created, and the time that it shows first. */
public record NewTestClock(@Nullable String name, Instant shows, Map<String, Object> metadata) {
    public NewTestClock {
        metadata = Map.copyOf(metadata);
    }
}
