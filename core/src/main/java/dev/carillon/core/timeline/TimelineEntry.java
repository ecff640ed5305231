package dev.carillon.core.timeline;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a post.
 *
 * @param at database time, or business time for facts that were requested or decided by business time; with a test
 *     clock, always the clock's time
 * @param kind a word to branch on; more may be added
 * @param publication null if the entry concerns the whole post
 * @param message in our words, for people to read
 * @param detail names and values that depend on the kind; never the post's text, never a secret
 */
public record TimelineEntry(
        Instant at,
        String kind,
        @Nullable PublicationId publication,
        @Nullable AccountId account,
        String message,
        Map<String, Object> detail) {
    public TimelineEntry {
        detail = Map.copyOf(detail);
    }
}
