package dev.carillon.api.post;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
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
import java.util.Set;
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
record ChangePostRequest(
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1")
        Integer revision,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = CreatePostRequest.LONGEST_TEXT)
        String text,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<Part> thread,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
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
        Map<String, String> metadata) {
    private static final String REVISION = "revision";
    private static final String TARGETS = "targets";
    private static final Set<String> FIELDS = Set.of(
            REVISION,
            "text",
            ThreadFields.THREAD,
            TARGETS,
            "publish",
            "allow_past",
            "allow_duplicate",
            LateFields.GRACE,
            LateFields.MISFIRE_POLICY,
            Metadata.FIELD);
    private static final Set<String> LATER = Set.of("media", "link");

    static PostEdit read(HttpRequest<?> request, JsonObject body) {
        body.only(FIELDS, LATER);
        return new PostEdit(
                revision(request, body),
                body.text("text", CreatePostRequest.LONGEST_TEXT),
                ThreadFields.read(body),
                body.value(TARGETS) == null ? null : TargetFields.named(body.objects(TARGETS, TargetFields.EXAMPLE)),
                body.value("publish") == null ? null : CreatePostRequest.when(body),
                body.value(Metadata.FIELD) == null ? null : Metadata.of(body),
                LateFields.wish(body),
                body.truth("allow_duplicate"));
    }

    private static @Nullable Integer revision(HttpRequest<?> request, JsonObject body) {
        var sent = body.whole(REVISION, 1, Integer.MAX_VALUE);
        var match = IfMatch.of(request);
        if (match.isEmpty() && sent == null) {
            throw body.invalid(
                    REVISION,
                    "revision is required; send the revision of the post that you read, such as 3, here or in If-Match, which also accepts an ETag.");
        }
        var matched = match.map(IfMatch::revision).orElse(null);
        if (sent != null && matched != null && !sent.equals(matched)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    TakesIfMatch.HEADER,
                    "If-Match has revision %d, but the body has revision %d; send only one.".formatted(matched, sent));
        }
        return sent == null ? matched : sent;
    }
}
