package dev.carillon.core.testclock;

import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clock that sets the business time of its workspace's test mode while it is attached. Its time changes only when it
 * is advanced.
 *
 * @param shows the time
 * @param advancingTo the time to which it is being advanced; null if it is not
 * @param createdAt real time
 */
public record TestClock(
        TestClockId id,
        WorkspaceId workspace,
        @Nullable String name,
        Instant shows,
        @Nullable Instant advancingTo,
        boolean attached,
        Map<String, Object> metadata,
        Instant createdAt) {
    public TestClock {
        metadata = Map.copyOf(metadata);
    }

    public boolean isAdvancing() {
        return advancingTo != null;
    }
}
