package dev.carillon.api.http;

import dev.carillon.api.input.JsonObject;
import java.time.Duration;
import java.util.Set;

/** The body of a rotation: how long the previous secret stays valid beside the new one. */
public final class Overlap {
    private static final String FIELD = "expires_previous_in";
    private static final Duration USUAL = Duration.ofDays(1);

    private Overlap() {}

    /**
     * The requested duration; a day by default.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter} for a value outside 0 to {@code longestSeconds}
     */
    public static Duration read(JsonObject body, int longestSeconds) {
        body.only(Set.of(FIELD));
        var seconds = body.whole(FIELD, 0, longestSeconds);
        return seconds == null ? USUAL : Duration.ofSeconds(seconds);
    }
}
