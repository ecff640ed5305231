package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
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
 * A post to accept.
 *
 * @param text the text for targets without their own text; at most 100,000 characters
 * @param thread the parts that continue the post, at most 49; each replies to the part before it, once that is published
 * @param targets the accounts to post to, at most 100, by account id, account group or platform
 * @param publish when to publish the post; if you omit it, the post is a draft
 * @param allowPast true: a time in the past means now; otherwise such a time is refused
 * @param allowDuplicate whether to post even if an account received the same content within 24 hours; otherwise that is refused
 * @param graceSeconds how many seconds late the post may still be published, from a minute to 30 days; by default the workspace's setting
 * @param misfirePolicy what happens to the post when it is later than that; by default the workspace's setting
 * @param sandbox with a live key: the sandbox simulates the post in test mode, on sandbox accounts; nothing reaches a platform. Posts of a
 *     test key are always simulated
 * @param webhookUrl a public https URL that also receives the post's own events (post.* and publication.*), signed with the callback secret
 * @param waitSeconds how many seconds the reply may wait for the outcome; 0 to reply at once
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
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
        MisfirePolicyWord misfirePolicy,

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
            LateFields.MISFIRE_POLICY,
            SANDBOX,
            WEBHOOK_URL,
            "wait",
            Metadata.FIELD);
    private static final Set<String> LATER = Set.of("media", "link", "dry_run");

    /** A publish time, for error messages. */
    static final String AT = "{\"at\": \"2026-12-01T09:00:00Z\"}";

    private static final String EXPECTED = "\"draft\", \"now\" or a time such as " + AT;

    /** When to publish, as a word. */
    enum PublishWord {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("now")
        NOW
    }

    /**
     * When to publish, as a time.
     *
     * @param at RFC 3339
     */
    @Wire
    @Schema(requiredProperties = "at")
    record PublishAt(Instant at) {}

    /**
     * One account to post to, or all connected accounts of a group or on a platform that no other target names. Send exactly one of
     * account_id, account_group_id and platform.
     *
     * @param accountId the account
     * @param accountGroupId the group
     * @param platform the platform, by its name in lower case
     * @param text replaces the post's text for this target
     * @param thread replaces the post's thread for this target; empty for no thread, which platforms without threads require
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
     * @param text the text of the part; each platform applies its rules for a post
     */
    @Wire
    record Part(@Schema(maxLength = LONGEST_TEXT) String text) {}

    /** Reads the shape of the body; the use case checks whether the accounts exist and accept the text. */
    static NewPost read(JsonObject body) {
        body.only(FIELDS, LATER);
        var text = body.text("text", LONGEST_TEXT);
        var targets = TargetFields.read(body.objects("targets", TargetFields.EXAMPLE));
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
                body.text(WEBHOOK_URL, LONGEST_URL, "https://example.com/webhooks"));
    }

    /** How long the reply may wait; zero to reply at once. */
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
                throw ErrorCode.UNKNOWN_PARAMETER.at(
                        "/publish", "publish \"next_slot\" is not available yet; send %s.".formatted(EXPECTED));
            default -> throw neither(body);
        };
    }

    private static ApiException neither(JsonObject body) {
        return body.invalid("publish", "publish must be %s.".formatted(EXPECTED));
    }

    private static When at(JsonObject body) {
        var publish = body.object("publish", AT);
        if (publish == null) {
            return new When.Draft();
        }
        publish.only(Set.of("at"));
        return new When.At(publish.requiredTime("at"), body.truth("allow_past"));
    }
}
