package dev.carillon.api.testclock;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.testclock.TestClock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A clock that sets the time of the workspace's test mode while it is attached. Its time does not move until you advance it.
 *
 * @param object always {@code test_clock}
 * @param now the time that it shows
 * @param status ready, or advancing while Carillon does what is due up to {@code advancing_to}
 * @param advancingTo the time that it is advancing to; null while it is ready
 * @param attached whether the workspace's test mode follows it
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
