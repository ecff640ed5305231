package dev.carillon.core.platform;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One platform, as the rest of the house sees it. No method throws for what the platform or the network does; each call ends by
 * its deadline.
 */
public interface PlatformConnector {
    /** The platforms that this room serves in this mode. */
    Set<Platform> serves(Mode mode);

    /** What the platform can do about a post that may or may not have arrived. */
    Doubt doubt(Platform platform);

    /** What may be said, checked before a post is accepted. The same rules as the platform's own, from the same data. */
    List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings);

    /** How long an attempt may take where it needs more than the usual time, because it uploads; empty for the usual time. */
    default Optional<Duration> callTime(Platform platform) {
        return Optional.empty();
    }

    /** Makes the one irreversible call, after storing what it decided. */
    PublishOutcome publish(PublishRequest request);

    /** Asks whether the post that {@code checkpoint} describes exists. */
    LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline);

    /** Asks what became of work that the platform had taken. */
    default PublishOutcome poll(ConnectedAccount account, PlatformTicket ticket, Deadline deadline) {
        throw new IllegalStateException("this platform never answers Processing");
    }
}
