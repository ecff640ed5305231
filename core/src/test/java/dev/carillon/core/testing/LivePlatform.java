package dev.carillon.core.testing;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Every platform in live mode and none in test mode, so that a test sees whether anything reached a real platform. */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = "carillon.testing.played-platform", value = "live")
public class LivePlatform extends SimulatedPlatform {
    private final AtomicInteger questions = new AtomicInteger();

    /** How many calls it received: publish calls and lookups. */
    public int calls() {
        return received().size() + questions.get();
    }

    @Override
    public Set<Platform> serves(Mode mode) {
        return mode == Mode.LIVE ? EnumSet.allOf(Platform.class) : Set.of();
    }

    @Override
    public LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        questions.incrementAndGet();
        return super.find(account, checkpoint, deadline);
    }

    @Override
    public LookUp stands(ConnectedAccount account, PlatformPost post, Checkpoint checkpoint, Deadline deadline) {
        questions.incrementAndGet();
        return super.stands(account, post, checkpoint, deadline);
    }
}
