package dev.carillon.core.platform;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The port to one or more platforms. No method throws because of what the platform or the network does; each call ends
 * by its deadline.
 */
public interface PlatformConnector {
    /** The platforms that this connector serves in this mode. */
    Set<Platform> serves(Mode mode);

    /** How the platform can resolve the unknown outcome of a post that may or may not have arrived. */
    RecoveryCapability recoveryCapability(Platform platform);

    /**
     * Checks a text and settings against the platform's rules before a post is accepted. The rules match the platform's
     * own; validation and publishing read them from the same data.
     */
    List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings);

    /**
     * Checks a thread against the platform's rules before a post is accepted. Each part must be a post that the
     * platform accepts. A platform on which an account cannot reply to its own post accepts no threads.
     *
     * @param thread the parts after the post itself, in order; at least one
     * @return violations at {@code /thread}, {@code /thread/0/text} and so on
     */
    default List<RuleViolation> checkThread(Platform platform, List<String> thread, Map<String, Object> settings) {
        return List.of(RuleViolation.noThreads(platform.wireName(), platform.wireName(), thread.size()));
    }

    /**
     * How long an attempt may take if it needs more than the usual time because it uploads; empty for the usual time.
     */
    default Optional<Duration> callTime(Platform platform) {
        return Optional.empty();
    }

    /** The platform's rate limits for posts, all of which apply at the same time; empty if it publishes none. */
    default List<PublishWindow> windows(Platform platform) {
        return List.of();
    }

    /** Makes the one irreversible call, after storing a checkpoint of what it decided. */
    PublishOutcome publish(PublishRequest request);

    /** Asks whether the post that {@code checkpoint} describes exists; {@link LookUp.NeverSent} when there is no checkpoint. */
    LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline);

    /**
     * How long after the first call a repeated call is still recognised, on a platform with its own idempotency; empty
     * if it is recognised forever.
     */
    default Optional<Duration> recognisesRepetitionsFor(Platform platform) {
        return Optional.empty();
    }

    /**
     * Asks whether a published post still exists. {@link LookUp.Absent} means that the platform itself says that the
     * post is gone. A connector that only searches, and does not find the post, has no answer.
     */
    default LookUp stands(ConnectedAccount account, PlatformPost post, Checkpoint checkpoint, Deadline deadline) {
        return switch (recoveryCapability(account.platform())) {
            case OWN_IDEMPOTENCY, EXACT_LOOK_UP -> find(account, checkpoint, deadline);
            case HEURISTIC_LOOK_UP ->
                find(account, checkpoint, deadline) instanceof LookUp.Found found ? found : new LookUp.NotAnswerable();
            case NOT_ANSWERABLE -> new LookUp.NotAnswerable();
        };
    }

    /** Asks for the result of work that the platform accepted earlier. */
    default PublishOutcome poll(ConnectedAccount account, PlatformTicket ticket, Deadline deadline) {
        throw new IllegalStateException("this platform never answers Processing");
    }
}
