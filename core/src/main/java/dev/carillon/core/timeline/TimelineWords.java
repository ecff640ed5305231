package dev.carillon.core.timeline;

import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.AttemptId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.timeline.TimelineQueries.Recorded;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Turns recorded entries into messages, and ids into their public form. A kind without a message is shown by its name.
 */
final class TimelineWords {
    private TimelineWords() {}

    static TimelineEntry told(Recorded recorded) {
        var detail = new LinkedHashMap<>(recorded.detail());
        writeId(detail, "api_key", ApiKeyId.KIND);
        writeId(detail, "member", MemberId.KIND);
        writeId(detail, "attempt_id", AttemptId.KIND);
        var part = detail.get("part");
        var message = message(recorded.kind(), detail);
        return new TimelineEntry(
                recorded.at(),
                recorded.kind(),
                recorded.publication(),
                recorded.account(),
                part == null ? message : "Part %s of the thread: %s".formatted(part, message),
                detail);
    }

    /** Steps already store ids in their public form. */
    private static <T extends Id> void writeId(Map<String, Object> detail, String name, IdKind<T> kind) {
        detail.computeIfPresent(name, (key, value) -> {
            var text = value.toString();
            return text.startsWith(kind.prefix()) ? text : kind.write(UUID.fromString(text));
        });
    }

    private static String message(String kind, Map<String, Object> detail) {
        return switch (kind) {
            case "accepted" -> accepted(detail);
            case "claimed" ->
                with("Claimed by a worker for attempt %s".formatted(detail.get("attempt")), detail, "worker");
            case "attempt_started" ->
                "Attempt %s has started: from now on the platform may have the post.".formatted(detail.get("attempt"));
            case "attempt_ended" ->
                with("Attempt %s ended: %s".formatted(detail.get("attempt"), detail.get("outcome")), detail, "reason");
            case "published" -> with("Published", detail, "permalink");
            case "failed" -> with("Failed", detail, "reason");
            case "missed" -> with("Missed", detail, "reason");
            case "edited" -> by("Edited to revision %s".formatted(detail.get("revision")), detail);
            case "canceled" -> by("Canceled", detail);
            case "held" -> with("Held", detail, "hold_reason");
            case "outcome_unknown" -> with("Outcome unknown", detail, "reason");
            case "look_up" -> with("Looked up on the platform", detail, "answer");
            case "checked" -> with("Checked whether it still exists on the platform", detail, "answer");
            case "vanished" -> "It no longer exists on the platform.";
            case "resolved" -> by("Outcome resolved", detail);
            case "reconcile_requested" -> by("Reconciliation requested", detail);
            case "retry_requested" -> by("Retry requested", detail);
            case "deferred" -> deferral(detail);
            case "rescheduled" -> by("Rescheduled", detail);
            case "delete_requested" -> by("Deletion requested", detail);
            case "deleted" -> "Deleted from the platform.";
            case "delete_failed" -> with("Not deleted from the platform", detail, "code");
            default -> "%s.".formatted(kind.replace('_', ' '));
        };
    }

    private static String accepted(Map<String, Object> detail) {
        var maker = detail.getOrDefault("api_key", detail.get("member"));
        var by = maker == null ? "" : " from " + maker;
        var when = detail.containsKey("publish_at") ? "to be published at " + detail.get("publish_at") : "as a draft";
        var accounts = detail.get("accounts");
        return "Accepted%s for %s %s, %s."
                .formatted(by, accounts, "1".equals(String.valueOf(accounts)) ? "account" : "accounts", when);
    }

    private static String deferral(Map<String, Object> detail) {
        var why =
                switch (String.valueOf(detail.get("reason"))) {
                    case "platform_limit" -> "the platform's rate limit allows no more posts now";
                    case "host_down" -> "the platform keeps failing, so calls to it are paused";
                    case "late_limit" -> "the account has reached its hourly limit of late posts";
                    default -> detail.get("reason");
                };
        return "Deferred until %s: %s.".formatted(detail.get("until"), why);
    }

    private static String by(String words, Map<String, Object> detail) {
        var actor = detail.containsKey("member") ? detail.get("member") : detail.get("api_key");
        return actor == null ? words + "." : "%s by %s.".formatted(words, actor);
    }

    private static String with(String words, Map<String, Object> detail, String name) {
        var value = detail.get(name);
        return value == null ? words + "." : words + ": " + value;
    }
}
