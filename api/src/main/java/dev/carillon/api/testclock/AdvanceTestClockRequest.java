package dev.carillon.api.testclock;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.http.JsonObject;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a clock is to go.
 *
 * @param to a time ahead of what it shows, by two years at most
 * @param waitSeconds how many real seconds the reply may wait until all that was due up to then is done; 60 where it is left out
 */
@Wire
@Schema(requiredProperties = "to")
record AdvanceTestClockRequest(
        Instant to,

        @Nullable
        @JsonProperty("wait")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = LONGEST_WAIT_SECONDS + "")
        Integer waitSeconds) {
    static final int LONGEST_WAIT_SECONDS = 60;

    /** What was asked for. */
    record Wanted(Instant to, Duration patience) {}

    static Wanted read(JsonObject body) {
        body.only(Set.of("to", "wait"));
        var wait = body.whole("wait", 0, LONGEST_WAIT_SECONDS);
        return new Wanted(body.requiredTime("to"), Duration.ofSeconds(wait == null ? LONGEST_WAIT_SECONDS : wait));
    }
}
