package dev.carillon.core.publication;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.ReplyTo;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A publication that this process, and no other, may now publish: its mark is committed.
 *
 * @param replyTo what it replies to as a part of a thread; null where it replies to nothing
 * @param begunAt when it was marked, in the business time of its tenant
 * @param trial whether it was let through to find out if its host is back
 */
public record MarkedAttempt(
        Publication publication,
        ConnectedAccount account,
        String text,
        Map<String, Object> settings,
        @Nullable ReplyTo replyTo,
        Instant begunAt,
        boolean trial) {
    /** The text of a post is nobody's business in a log. */
    @Override
    public String toString() {
        return "MarkedAttempt[" + publication.id() + "]";
    }
}
