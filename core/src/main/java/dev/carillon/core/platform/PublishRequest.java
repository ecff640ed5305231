package dev.carillon.core.platform;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request to publish one publication now.
 *
 * @param publication also the idempotency key on platforms that have one
 * @param text the text to publish, as validated for the platform
 * @param settings the target's own settings, as JSON values
 * @param replyTo the post that it replies to as part of a thread; null if it is not a reply
 * @param checkpoint what earlier attempts decided; empty for the first attempt
 * @param keep durably stores a new checkpoint before it returns; throws if the attempt no longer owns the publication,
 *     and then nothing may be sent
 * @param deadline when the whole attempt must end; it was computed before the start was committed, and no byte may be
 *     written after it
 */
public record PublishRequest(
        PublicationId publication,
        ConnectedAccount account,
        String text,
        Map<String, Object> settings,
        @Nullable ReplyTo replyTo,
        Checkpoint checkpoint,
        Consumer<Checkpoint> keep,
        Deadline deadline) {
    public PublishRequest {
        settings = Map.copyOf(settings);
    }

    /** Leaves out the text, which must not appear in logs. */
    @Override
    public String toString() {
        return "PublishRequest[" + publication + " on " + account.id() + "]";
    }
}
