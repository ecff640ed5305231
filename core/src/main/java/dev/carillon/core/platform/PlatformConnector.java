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

    /**
     * What may be said in a thread, checked before a post is accepted. Each part has to be a post that the platform takes; who cannot reply to
     * a post of its own takes no thread at all.
     *
     * @param thread what follows the post itself, in its order; at least one part
     * @return violations at {@code /thread}, {@code /thread/0/text} and so on
     */
    default List<RuleViolation> checkThread(Platform platform, List<String> thread, Map<String, Object> settings) {
        return List.of(RuleViolation.noThreads(platform.wireName(), platform.wireName(), thread.size()));
    }

    /** How long an attempt may take where it needs more than the usual time, because it uploads; empty for the usual time. */
    default Optional<Duration> callTime(Platform platform) {
        return Optional.empty();
    }

    /** What the platform takes at most, all of it at a time; empty where it publishes no such number. */
    default List<PublishWindow> windows(Platform platform) {
        return List.of();
    }

    /** Makes the one irreversible call, after storing what it decided. */
    PublishOutcome publish(PublishRequest request);

    /** Asks whether the post that {@code checkpoint} describes exists; {@link LookUp.NeverSent} when there is no checkpoint. */
    LookUp find(ConnectedAccount account, Checkpoint checkpoint, Deadline deadline);

    /**
     * How long after the first call a repetition is still recognised, where the platform has idempotency of its own; empty when it
     * is for good.
     */
    default Optional<Duration> recognisesRepetitionsFor(Platform platform) {
        return Optional.empty();
    }

    /**
     * Asks whether a post that was published still stands. {@link LookUp.Absent} is for what the platform itself says is gone: a room
     * that only searches, and does not see it, has no answer.
     */
    default LookUp stands(ConnectedAccount account, PlatformPost post, Checkpoint checkpoint, Deadline deadline) {
        return switch (doubt(account.platform())) {
            case OWN_IDEMPOTENCY, EXACT_LOOK_UP -> find(account, checkpoint, deadline);
            case HEURISTIC_LOOK_UP ->
                find(account, checkpoint, deadline) instanceof LookUp.Found found ? found : new LookUp.NotAnswerable();
            case NOT_ANSWERABLE -> new LookUp.NotAnswerable();
        };
    }

    /** Asks what became of work that the platform had taken. */
    default PublishOutcome poll(ConnectedAccount account, PlatformTicket ticket, Deadline deadline) {
        throw new IllegalStateException("this platform never answers Processing");
    }
}
