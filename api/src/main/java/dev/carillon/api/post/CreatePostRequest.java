package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.http.JsonObject;
import dev.carillon.api.http.Metadata;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.NewPost;
import dev.carillon.core.post.NewPost.When;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A post to be accepted.
 *
 * @param text said where a target has no text of its own; at most 100,000 characters
 * @param thread what follows it, part by part, at most 49: each replies to the one before it, once that is published
 * @param targets the accounts to post to, at most 100, by their ids, their groups or their platforms
 * @param publish when it goes out; a draft where it is left out
 * @param allowPast whether a time that has passed means now; without it such a time is refused
 * @param allowDuplicate whether it is posted even where an account was given the same content within 24 hours; without it that is refused
 * @param graceSeconds how many seconds late it may still go out, from a minute to 30 days; what the workspace has where it is left out
 * @param onMissed what becomes of it after that; what the workspace has where it is left out
 * @param sandbox with a live key: has the sandbox play the post, in test mode, on stand-ins of the accounts; nothing reaches a platform.
 *     A test key's posts are played anyway
 * @param webhookUrl where the post's own events (post.* and publication.*) are sent as well, signed with the callback secret; public, https
 * @param waitSeconds how many seconds the reply may wait until nothing moves by itself any more; 0 for not at all
 * @param metadata up to 50 keys of 40 characters with values of up to 500, kept for the caller
 */
@Wire
@Schema(requiredProperties = "targets")
record CreatePostRequest(
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = CreatePostRequest.LONGEST_TEXT)
        String text,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<Part> thread,

        List<Target> targets,

        @Nullable
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                oneOf = {PublishWord.class, PublishAt.class})
        Object publish,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowPast,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowDuplicate,

        @Nullable
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                minimum = LateWish.SHORTEST_GRACE_SECONDS + "",
                maximum = LateWish.LONGEST_GRACE_SECONDS + "")
        Integer graceSeconds,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        OnMissedWord onMissed,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean sandbox,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = CreatePostRequest.LONGEST_URL)
        String webhookUrl,

        @Nullable
        @JsonProperty("wait")
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                minimum = "0",
                maximum = CreatePostRequest.LONGEST_WAIT_SECONDS + "")
        Integer waitSeconds,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_TEXT = 100_000;
    static final int LONGEST_WAIT_SECONDS = 60;
    static final int LONGEST_URL = 2_000;
    private static final String SANDBOX = "sandbox";
    private static final String WEBHOOK_URL = "webhook_url";
    private static final Set<String> FIELDS = Set.of(
            "text",
            ThreadFields.THREAD,
            "targets",
            "publish",
            "allow_past",
            "allow_duplicate",
            LateFields.GRACE,
            LateFields.ON_MISSED,
            SANDBOX,
            WEBHOOK_URL,
            "wait",
            Metadata.FIELD);
    private static final Set<String> LATER = Set.of("media", "link", "dry_run");

    /** When, in a word. */
    enum PublishWord {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("now")
        NOW
    }

    /**
     * When, as a time.
     *
     * @param at RFC 3339
     */
    @Wire
    @Schema(requiredProperties = "at")
    record PublishAt(Instant at) {}

    /**
     * One account to post to, or all of a group or on a platform that are connected and that no other target names. One of the three
     * says which.
     *
     * @param accountId the account
     * @param accountGroupId the group
     * @param platform the platform, by its name in lower case
     * @param text said there in place of the common one
     * @param thread what follows there in place of the common thread; empty for none, as platforms need that have no threads
     * @param settings the platform's own settings
     */
    @Wire
    record Target(
            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String accountId,

            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String accountGroupId,

            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String platform,

            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String text,

            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            List<Part> thread,

            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            Map<String, Object> settings) {}

    /**
     * One part of a thread.
     *
     * @param text what it says; each platform holds it to the rules of a post
     */
    @Wire
    record Part(@Schema(maxLength = LONGEST_TEXT) String text) {}

    /** Reads the body's shape; whether the accounts exist and take the text is for the use case to say. */
    static NewPost read(JsonObject body) {
        body.only(FIELDS, LATER);
        var text = body.text("text", LONGEST_TEXT);
        var targets = TargetFields.read(body.objects("targets"));
        return new NewPost(
                text == null ? "" : text,
                Objects.requireNonNullElse(ThreadFields.read(body), List.of()),
                targets.named(),
                when(body),
                Metadata.of(body),
                body.truth("allow_duplicate"),
                LateFields.wish(body),
                body.truth(SANDBOX),
                targets.broad(),
                body.text(WEBHOOK_URL, LONGEST_URL));
    }

    /** How long the reply may wait; zero for not at all. */
    static Duration waitOf(JsonObject body) {
        var seconds = body.whole("wait", 0, LONGEST_WAIT_SECONDS);
        return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
    }

    static When when(JsonObject body) {
        return switch (body.value("publish")) {
            case null -> new When.Draft();
            case String word -> when(body, word);
            case Map<?, ?> at -> at(body);
            default -> throw neither(body);
        };
    }

    private static When when(JsonObject body, String word) {
        return switch (word) {
            case "draft" -> new When.Draft();
            case "now" -> new When.Now();
            case "next_slot" ->
                throw ErrorCode.UNKNOWN_PARAMETER.at("/publish", "publish \"next_slot\" is not available yet.");
            default -> throw neither(body);
        };
    }

    private static Refusal neither(JsonObject body) {
        return body.invalid("publish", "publish is \"draft\", \"now\" or {\"at\": time}.");
    }

    private static When at(JsonObject body) {
        var publish = body.object("publish");
        if (publish == null) {
            return new When.Draft();
        }
        publish.only(Set.of("at"));
        return new When.At(publish.requiredTime("at"), body.truth("allow_past"));
    }
}
