package dev.carillon.api.testclock;

import dev.carillon.api.http.Sorted;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.testclock.TestClock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clock that shows the time of the workspace's test mode while it is attached, and stands still until it is advanced.
 *
 * @param object always {@code test_clock}
 * @param now what it shows
 * @param status ready, or advancing while what was due up to {@code advancing_to} is done
 * @param advancingTo where it is going; null while it is ready
 * @param attached whether the workspace's test mode goes by it
 * @param createdAt in real time
 */
@Wire
record TestClockResponse(
        String id,
        String object,
        @Nullable String name,
        Instant now,
        String status,
        @Nullable Instant advancingTo,
        boolean attached,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt) {

    static TestClockResponse of(TestClock clock) {
        return new TestClockResponse(
                clock.id().toString(),
                "test_clock",
                clock.name(),
                clock.shows(),
                clock.isAdvancing() ? "advancing" : "ready",
                clock.advancingTo(),
                clock.attached(),
                Sorted.byKey(clock.metadata()),
                false,
                clock.createdAt());
    }
}
