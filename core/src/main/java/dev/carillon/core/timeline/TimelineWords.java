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
                with("A worker has claimed it for attempt %s".formatted(detail.get("attempt")), detail, "worker");
            case "attempt_started" ->
                "Attempt %s is marked: from here on the platform may have the post.".formatted(detail.get("attempt"));
            case "attempt_ended" ->
                with("Attempt %s ended: %s".formatted(detail.get("attempt"), detail.get("outcome")), detail, "reason");
            case "published" -> with("Published", detail, "permalink");
            case "failed" -> with("Failed", detail, "reason");
            case "missed" -> with("Its time passed before it could go out", detail, "reason");
            case "edited" ->
                by("Somebody changed it, which made revision %s".formatted(detail.get("revision")), detail);
            case "canceled" -> by("Canceled", detail);
            case "held" -> with("Held", detail, "hold_reason");
            case "outcome_unknown" -> with("It is not known whether it is out", detail, "reason");
            case "look_up" -> with("The platform was asked what became of it", detail, "answer");
            case "checked" -> with("The platform was asked whether it still stands", detail, "answer");
            case "vanished" -> "It no longer stands on the platform.";
            case "resolved" -> by("Somebody said what became of it", detail);
            case "reconcile_requested" -> by("Somebody wants the platform asked now", detail);
            case "retry_requested" -> by("Somebody wants it tried again", detail);
            case "deferred" -> deferral(detail);
            case "rescheduled" -> by("Somebody gave it a new time", detail);
            case "delete_requested" -> by("Somebody wants it gone from the platform", detail);
            case "deleted" -> "The platform has deleted it.";
            case "delete_failed" -> with("The platform has not deleted it", detail, "code");
            default -> "%s.".formatted(kind.replace('_', ' '));
        };
    }

    private static String accepted(Map<String, Object> detail) {
        var maker = detail.getOrDefault("api_key", detail.get("member"));
        var by = maker == null ? "" : " from " + maker;
        var when = detail.containsKey("publish_at") ? "to go out at " + detail.get("publish_at") : "as a draft";
        var accounts = detail.get("accounts");
        return "Accepted%s for %s %s, %s."
                .formatted(by, accounts, "1".equals(String.valueOf(accounts)) ? "account" : "accounts", when);
    }

    private static String deferral(Map<String, Object> detail) {
        var why =
                switch (String.valueOf(detail.get("reason"))) {
                    case "platform_limit" -> "the platform takes no more posts for now";
                    case "host_down" -> "the platform keeps failing and is left alone for a while";
                    case "late_limit" -> "the account had its late posts of this hour";
                    default -> detail.get("reason");
                };
        return "Put off until %s: %s.".formatted(detail.get("until"), why);
    }

    private static String by(String words, Map<String, Object> detail) {
        return with(words, detail, detail.containsKey("member") ? "member" : "api_key");
    }

    private static String with(String words, Map<String, Object> detail, String name) {
        var value = detail.get(name);
        return value == null ? words + "." : words + ": " + value;
    }
}
