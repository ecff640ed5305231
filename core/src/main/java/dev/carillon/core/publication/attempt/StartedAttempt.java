package dev.carillon.core.publication.attempt;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.ReplyTo;
import dev.carillon.core.publication.Publication;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A publication that this process, and no other, may publish now: the start of its attempt is committed.
 *
 * @param replyTo the post that it replies to as part of a thread; null if it is not a reply
 * @param begunAt when it was started, in the business time of its tenant
 * @param trial whether it was let through to find out whether its host is up again
 */
public record StartedAttempt(
        Publication publication,
        ConnectedAccount account,
        String text,
        Map<String, Object> settings,
        @Nullable ReplyTo replyTo,
        Instant begunAt,
        boolean trial) {
    /** Leaves out the text, which must not appear in logs. */
    @Override
    public String toString() {
        return "StartedAttempt[" + publication.id() + "]";
    }
}
