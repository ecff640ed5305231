package dev.carillon.core.timeline;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a post.
 *
 * @param at database time, and business time where it was asked for or decided by it; with a test clock all of it is its time
 * @param kind a word to branch on; further ones may come
 * @param publication null for what concerns the whole post
 * @param message in our words, for people to read
 * @param detail names and values that belong to the kind; never the post's text, never a secret
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
