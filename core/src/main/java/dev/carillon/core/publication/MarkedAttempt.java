package dev.carillon.core.publication;

import dev.carillon.core.platform.ConnectedAccount;
import java.time.Instant;
import java.util.Map;

/**
 * A publication that this process, and no other, may now publish: its mark is committed.
 *
 * @param begunAt when it was marked, in the business time of its tenant
 * @param trial whether it was let through to find out if its host is back
 */
public record MarkedAttempt(
        Publication publication,
        ConnectedAccount account,
        String text,
        Map<String, Object> settings,
        Instant begunAt,
        boolean trial) {
    /** The text of a post is nobody's business in a log. */
    @Override
    public String toString() {
        return "MarkedAttempt[" + publication.id() + "]";
    }
}
