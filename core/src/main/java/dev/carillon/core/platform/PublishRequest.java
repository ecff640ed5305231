package dev.carillon.core.platform;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One publication, to be published now.
 *
 * @param publication also the idempotency key where a platform has one
 * @param text what to say, as validated for the platform
 * @param settings the target's own settings, as JSON values
 * @param replyTo what it replies to, as a part of a thread; null where it replies to nothing
 * @param checkpoint what earlier attempts decided; empty at the first
 * @param keep stores a new checkpoint, durably, before it returns; throws when the attempt no longer owns the publication, and
 *     then nothing may be sent
 * @param deadline until when the whole attempt may take; made before the mark was committed, and no byte may be written after it
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

    /** One that replies to nothing. */
    public PublishRequest(
            PublicationId publication,
            ConnectedAccount account,
            String text,
            Map<String, Object> settings,
            Checkpoint checkpoint,
            Consumer<Checkpoint> keep,
            Deadline deadline) {
        this(publication, account, text, settings, null, checkpoint, keep, deadline);
    }

    /** The text of a post is nobody's business in a log. */
    @Override
    public String toString() {
        return "PublishRequest[" + publication + " on " + account.id() + "]";
    }
}
