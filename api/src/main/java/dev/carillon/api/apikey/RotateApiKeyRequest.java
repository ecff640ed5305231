package dev.carillon.api.apikey;

import dev.carillon.api.http.Overlap;
import dev.carillon.api.input.JsonObject;
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
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = LONGEST_OVERLAP_SECONDS + "")
        Integer expiresPreviousIn) {
    static final int LONGEST_OVERLAP_SECONDS = 2_592_000;

    static Duration read(JsonObject body) {
        return Overlap.read(body, LONGEST_OVERLAP_SECONDS);
    }
}
