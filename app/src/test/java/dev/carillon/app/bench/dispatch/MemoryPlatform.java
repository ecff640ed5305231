package dev.carillon.app.bench.dispatch;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.platform.RuleViolation;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Every platform, in memory. It publishes after the milliseconds in the setting {@code carillon.bench.latency.<platform>}, or at once
 * without that setting, and stores nothing. A call that takes as long as the deadline is not answered.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = MemoryPlatform.LATENCY)
final class MemoryPlatform implements PlatformConnector {
    static final String LATENCY = "carillon.bench.latency";

    private final Map<String, Long> latencyMillis;
    private final CountDownLatch released = new CountDownLatch(1);

    MemoryPlatform(@Property(name = LATENCY) @MapFormat Map<String, Long> latencyMillis) {
        this.latencyMillis = Map.copyOf(latencyMillis);
    }

    /** Answers all waiting calls, so that a run does not have to wait for them. */
    void release() {
        released.countDown();
    }

    @Override
    public Set<Platform> serves(Mode mode) {
        return EnumSet.allOf(Platform.class);
    }

    @Override
    public RecoveryCapability recoveryCapability(Platform platform) {
        return RecoveryCapability.EXACT_LOOK_UP;
    }

    @Override
    public List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings) {
        return List.of();
    }

    @Override
    public PublishOutcome publish(PublishRequest request) {
        var latency = Duration.ofMillis(
                latencyMillis.getOrDefault(request.account().platform().wireName(), 0L));
        var left = request.deadline().left();
        boolean answers = latency.compareTo(left) < 0;
        if (latency.isPositive()) {
            await(answers ? latency : left);
        }
        return answers ? new PublishOutcome.Published(postOf(request)) : new PublishOutcome.Unconfirmed(notAnswered());
    }

    private void await(Duration time) {
        try {
            released.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PlatformPost postOf(PublishRequest request) {
        var id = request.publication().toString();
        return new PlatformPost(id, "https://platform.example/" + id, Map.of("id", id));
    }

    @Override
    public LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        return new LookUp.NotAnswered(notAnswered());
    }

    private static Failure notAnswered() {
        return Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, "The platform did not answer in time.");
    }
}
