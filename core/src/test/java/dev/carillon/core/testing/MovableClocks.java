package dev.carillon.core.testing;

import dev.carillon.core.database.DatabaseClocks;
import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Business time that changes only when a test moves it. */
@Singleton
@Replaces(DatabaseClocks.class)
@Requires(property = "carillon.testing.movable-clocks", value = "true")
public class MovableClocks extends DatabaseClocks {
    private final AtomicReference<Instant> now = new AtomicReference<>(super.now());

    public MovableClocks(DatabasePools pools) {
        super(pools);
    }

    public void advance(Duration by) {
        now.updateAndGet(moment -> moment.plus(by));
    }

    @Override
    public Instant now(WorkspaceId workspace, Mode mode) {
        return now();
    }

    @Override
    public Instant now() {
        return now.get();
    }
}
