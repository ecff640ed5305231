package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.api.input.NotYet;
import dev.carillon.api.input.ReadAs;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
@NotYet({"media", "link", "dry_run"})
@Example("{\"text\": \"Hello\", \"targets\": [" + CreatePostRequest.TARGET_EXAMPLE + "]}")
record CreatePostRequest(
        @Nullable
        @Limits(most = CreatePostRequest.LONGEST_TEXT)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = CreatePostRequest.LONGEST_TEXT)
        String text,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<Part> thread,

        List<Target> targets,

        @Nullable
        @ReadAs({PublishWord.class, PublishAt.class})
        @NotYet("next_slot")
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                oneOf = {PublishWord.class, PublishAt.class})
        Object publish,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowPast,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowDuplicate,

        @Nullable
        @Limits(least = LateWish.SHORTEST_GRACE_SECONDS, most = LateWish.LONGEST_GRACE_SECONDS)
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                minimum = LateWish.SHORTEST_GRACE_SECONDS + "",
                maximum = LateWish.LONGEST_GRACE_SECONDS + "")
        Integer graceSeconds,

        @Nullable @NotYet("next_slot") @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        MisfirePolicyWord misfirePolicy,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean sandbox,

        @Nullable
        @Limits(most = CreatePostRequest.LONGEST_URL)
        @Example("https://example.com/webhooks")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = CreatePostRequest.LONGEST_URL)
        String webhookUrl,

        @Nullable
        @JsonProperty("wait")
        @Limits(most = CreatePostRequest.LONGEST_WAIT_SECONDS)
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                minimum = "0",
                maximum = CreatePostRequest.LONGEST_WAIT_SECONDS + "")
        Integer waitSeconds,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_TEXT = 100_000;
    static final int LONGEST_WAIT_SECONDS = 60;
    static final int LONGEST_URL = 2_000;
    static final int LONGEST_WORD = 100;
    static final String TARGET_EXAMPLE = "{\"account_id\": \"acct_...\"}";

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
    @Example("{\"at\": \"2026-12-01T09:00:00Z\"}")
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
    @Example(CreatePostRequest.TARGET_EXAMPLE)
    record Target(
            @Nullable
            @Limits(least = 1, most = CreatePostRequest.LONGEST_WORD)
            @Example("acct_...")
            @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String accountId,

            @Nullable
            @Limits(least = 1, most = CreatePostRequest.LONGEST_WORD)
            @Example("grp_...")
            @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String accountGroupId,

            @Nullable @ReadAs(Platform.class) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String platform,

            @Nullable @Limits(most = CreatePostRequest.LONGEST_TEXT) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            String text,

            @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            List<Part> thread,

            @Nullable @Example("{\"visibility\": \"unlisted\"}") @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
            Map<String, Object> settings) {
        /** Leaves out the text, which must not appear in logs. */
        @Override
        public String toString() {
            return "Target[]";
        }
    }

    /**
     * One part of a thread.
     *
     * @param text the text of the part; each platform applies its rules for a post
     */
    @Wire
    @NotYet("media")
    @Example("{\"text\": \"Hello\"}")
    record Part(
            @Limits(most = CreatePostRequest.LONGEST_TEXT) @Schema(maxLength = LONGEST_TEXT)
            String text) {
        /** Leaves out the text, which must not appear in logs. */
        @Override
        public String toString() {
            return "Part[]";
        }
    }

    /** The post; the use case checks whether the accounts exist and accept the text. */
    NewPost toNewPost() {
        var destinations = TargetFields.read(targets);
        var parts = ThreadFields.parts(thread);
        return new NewPost(
                text == null ? "" : text,
                parts == null ? List.of() : parts,
                destinations.named(),
                PublishFields.when(publish, allowPast),
                Metadata.of(metadata),
                Boolean.TRUE.equals(allowDuplicate),
                LateFields.wish(graceSeconds, misfirePolicy),
                Boolean.TRUE.equals(sandbox),
                destinations.broad(),
                webhookUrl);
    }

    /** How long the reply may wait; zero to reply at once. */
    Duration toWait() {
        return waitSeconds == null ? Duration.ZERO : Duration.ofSeconds(waitSeconds);
    }

    /** Leaves out the text, which must not appear in logs. */
    @Override
    public String toString() {
        return "CreatePostRequest[]";
    }
}
