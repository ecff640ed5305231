package dev.carillon.api.testclock;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.Instant;
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
        @Limits(most = LONGEST_WAIT_SECONDS)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = LONGEST_WAIT_SECONDS + "")
        Integer waitSeconds) {
    static final int LONGEST_WAIT_SECONDS = 60;

    /** How long the reply may wait. */
    Duration toPatience() {
        return Duration.ofSeconds(waitSeconds == null ? LONGEST_WAIT_SECONDS : waitSeconds);
    }
}
