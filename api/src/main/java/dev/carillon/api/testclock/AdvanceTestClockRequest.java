package dev.carillon.api.testclock;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time to which a clock advances.
 *
 * @param to a time later than the clock's present time, by two years at most
 * @param waitSeconds how many real seconds the reply may wait until everything that was due by then is done; 60 by default
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

    /** The request, read and checked. */
    record Wanted(Instant to, Duration patience) {}

    static Wanted read(JsonObject body) {
        body.only(Set.of("to", "wait"));
        var wait = body.whole("wait", 0, LONGEST_WAIT_SECONDS);
        return new Wanted(body.requiredTime("to"), Duration.ofSeconds(wait == null ? LONGEST_WAIT_SECONDS : wait));
    }
}
