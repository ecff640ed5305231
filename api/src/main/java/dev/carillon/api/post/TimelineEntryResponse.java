package dev.carillon.api.post;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.timeline.TimelineEntry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a post.
 *
 * @param object always {@code timeline_entry}
 * @param at when it happened
 * @param kind accepted, claimed, marked, attempt_ended, look_up, checked, resolved, reconcile_requested, retry_requested, rescheduled,
 *     deferred, delete_requested, deleted, delete_failed, vanished, published, failed, missed, canceled, held or outcome_unknown; more kinds
 *     may be added
 * @param publicationId null if the entry concerns the whole post
 * @param message a description for people
 * @param detail names and values that belong to the kind, for example attempt, outcome, code, reason, permalink
 */
@Wire
public record TimelineEntryResponse(
        String object,
        Instant at,
        String kind,
        @Nullable String publicationId,
        @Nullable String accountId,
        String message,
        Map<String, Object> detail) {

    static TimelineEntryResponse of(TimelineEntry entry) {
        return new TimelineEntryResponse(
                "timeline_entry",
                entry.at(),
                entry.kind(),
                entry.publication() == null ? null : entry.publication().toString(),
                entry.account() == null ? null : entry.account().toString(),
                entry.message(),
                Sorted.byKey(entry.detail()));
    }
}
