package dev.carillon.api.apikey;

import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to rotate a key.
 *
 * @param expiresPreviousIn seconds for which the previous secret stays valid, 0 to 2592000 (30 days); 86400 by default
 */
@Wire
record RotateApiKeyRequest(
        @Nullable
        @Limits(most = LONGEST_OVERLAP_SECONDS)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = LONGEST_OVERLAP_SECONDS + "")
        Integer expiresPreviousIn) {
    static final int LONGEST_OVERLAP_SECONDS = 2_592_000;

    /** How long the previous secret stays valid. */
    Duration toOverlap() {
        return expiresPreviousIn == null ? Duration.ofDays(1) : Duration.ofSeconds(expiresPreviousIn);
    }
}
