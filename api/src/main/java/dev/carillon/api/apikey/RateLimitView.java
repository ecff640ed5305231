package dev.carillon.api.apikey;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.limit.Rate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be sent in a period.
 *
 * @param requests the number of requests, all at once or spread out
 * @param perSeconds the length of the period in seconds, up to a day
 */
@Wire
@Schema(requiredProperties = {"requests", "per_seconds"})
record RateLimitView(
        @Schema(minimum = "1", maximum = "10000000") int requests,
        @Schema(minimum = "1", maximum = "86400") int perSeconds) {
    static final String FIELD = "rate_limit";
    private static final String REQUESTS = "requests";
    private static final String PER_SECONDS = "per_seconds";

    /** The rate in the body's field of this name; null if it is absent. */
    static @Nullable Rate read(JsonObject body) {
        var object = body.object(FIELD, "{\"requests\": 100, \"per_seconds\": 60}");
        if (object == null) {
            return null;
        }
        object.only(Set.of(REQUESTS, PER_SECONDS));
        int requests = required(object, REQUESTS, Rate.MOST_REQUESTS);
        int seconds = required(object, PER_SECONDS, Math.toIntExact(Rate.LONGEST.toSeconds()));
        return new Rate(requests, Duration.ofSeconds(seconds));
    }

    private static int required(JsonObject object, String field, int largest) {
        var value = object.whole(field, 1, largest);
        if (value == null) {
            throw object.invalid(
                    field, "%s is required; send a whole number between 1 and %d.".formatted(field, largest));
        }
        return value;
    }

    static @Nullable RateLimitView of(@Nullable Rate rate) {
        return rate == null
                ? null
                : new RateLimitView(rate.requests(), Math.toIntExact(rate.per().toSeconds()));
    }
}
