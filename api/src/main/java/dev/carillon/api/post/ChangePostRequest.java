package dev.carillon.api.post;

import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.api.input.NotYet;
import dev.carillon.api.input.ReadAs;
import dev.carillon.api.post.CreatePostRequest.Part;
import dev.carillon.api.post.CreatePostRequest.PublishAt;
import dev.carillon.api.post.CreatePostRequest.PublishWord;
import dev.carillon.api.post.CreatePostRequest.Target;
import dev.carillon.api.protocol.IfMatch;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.PostEdit;
import io.micronaut.http.HttpRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a post; a field that you omit keeps its value.
 *
 * @param revision the revision of the post that you read; you can send it in the header If-Match instead
 * @param text the text for targets without their own text; at most 100,000 characters
 * @param thread replaces all parts of the thread; empty to remove them
 * @param targets replaces all targets; other accounts are allowed only while the post is a draft that never had a time
 * @param publish when to publish the post, or {@code draft} to remove its time
 * @param allowPast true: a time in the past means now; otherwise such a time is refused
 * @param allowDuplicate whether the post may repeat content that one of its accounts already has
 * @param graceSeconds how many seconds late the post may still be published, from a minute to 30 days
 * @param misfirePolicy what happens to the post when it is later than that
 * @param metadata replaces the stored metadata
 */
@Wire
@NotYet({"media", "link"})
record ChangePostRequest(
        @Nullable
        @Limits(least = 1, most = Integer.MAX_VALUE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1")
        Integer revision,

        @Nullable
        @Limits(most = CreatePostRequest.LONGEST_TEXT)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = CreatePostRequest.LONGEST_TEXT)
        String text,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<Part> thread,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
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

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {

    /**
     * The change to make.
     *
     * @param request may name the revision in a header instead
     */
    PostEdit toEdit(HttpRequest<?> request) {
        return new PostEdit(
                revision(request),
                text,
                ThreadFields.parts(thread),
                targets == null ? null : TargetFields.named(targets),
                publish == null ? null : PublishFields.when(publish, allowPast),
                metadata == null ? null : Metadata.of(metadata),
                LateFields.wish(graceSeconds, misfirePolicy),
                Boolean.TRUE.equals(allowDuplicate));
    }

    private @Nullable Integer revision(HttpRequest<?> request) {
        var match = IfMatch.of(request);
        if (match.isEmpty() && revision == null) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/revision",
                    "revision is required; send the revision of the post that you read, such as 3, here or in If-Match, which also accepts an ETag.");
        }
        var matched = match.map(IfMatch::revision).orElse(null);
        if (revision != null && matched != null && !revision.equals(matched)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    TakesIfMatch.HEADER,
                    "If-Match has revision %d, but the body has revision %d; send only one."
                            .formatted(matched, revision));
        }
        return revision == null ? matched : revision;
    }

    /** Leaves out the text, which must not appear in logs. */
    @Override
    public String toString() {
        return "ChangePostRequest[]";
    }
}
