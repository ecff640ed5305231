package dev.carillon.core.testclock;

import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clock that shows the business time of its workspace's test mode while it is attached, and stands still until it is moved.
 *
 * @param shows the time
 * @param advancingTo where it is being moved to; null while it stands
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
