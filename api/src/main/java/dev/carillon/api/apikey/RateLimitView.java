package dev.carillon.api.apikey;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.limit.Rate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be sent in a period.
 *
 * @param requests the number of requests, all at once or spread out
 * @param perSeconds the length of the period in seconds, up to a day
 */
@Wire
@Example("{\"requests\": 100, \"per_seconds\": 60}")
@Schema(requiredProperties = {"requests", "per_seconds"})
record RateLimitView(
        @Limits(least = 1, most = Rate.MOST_REQUESTS) @Schema(minimum = "1", maximum = "10000000")
        int requests,

        @Limits(least = 1, most = RateLimitView.LONGEST_SECONDS) @Schema(minimum = "1", maximum = "86400")
        int perSeconds) {
    static final int LONGEST_SECONDS = 86_400;

    Rate toRate() {
        return new Rate(requests, Duration.ofSeconds(perSeconds));
    }

    static @Nullable RateLimitView of(@Nullable Rate rate) {
        return rate == null
                ? null
                : new RateLimitView(rate.requests(), Math.toIntExact(rate.per().toSeconds()));
    }
}
