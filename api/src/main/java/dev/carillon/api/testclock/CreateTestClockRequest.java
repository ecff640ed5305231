package dev.carillon.api.testclock;

import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.testclock.NewTestClock;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clock to create.
 *
 * @param now the time that it shows at first, in the years 2000 to 2099
 * @param name a display name, up to 100 characters
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = "now")
record CreateTestClockRequest(
        Instant now,

        @Nullable @Limits(most = CreateTestClockRequest.LONGEST_NAME) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String name,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_NAME = 100;

    NewTestClock toNewClock() {
        return new NewTestClock(name == null || name.isBlank() ? null : name, now, Metadata.of(metadata));
    }
}
