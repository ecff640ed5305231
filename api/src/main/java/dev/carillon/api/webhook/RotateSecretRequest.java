package dev.carillon.api.webhook;

import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to rotate a secret.
 *
 * @param expiresPreviousIn seconds for which deliveries are also signed with the previous secret, 0 to 604800 (7 days); 86400 by default
 */
@Wire
record RotateSecretRequest(
        @Nullable
        @Limits(most = LONGEST_OVERLAP_SECONDS)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = LONGEST_OVERLAP_SECONDS + "")
        Integer expiresPreviousIn) {
    static final int LONGEST_OVERLAP_SECONDS = 604_800;

    /** How long the previous secret stays valid. */
    Duration toOverlap() {
        return expiresPreviousIn == null ? Duration.ofDays(1) : Duration.ofSeconds(expiresPreviousIn);
    }
}
