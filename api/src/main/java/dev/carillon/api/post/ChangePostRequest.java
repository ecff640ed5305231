package dev.carillon.api.post;

import dev.carillon.api.http.IfMatch;
import dev.carillon.api.http.JsonObject;
import dev.carillon.api.http.Metadata;
import dev.carillon.api.http.TakesIfMatch;
import dev.carillon.api.post.CreatePostRequest.Part;
import dev.carillon.api.post.CreatePostRequest.PublishAt;
import dev.carillon.api.post.CreatePostRequest.PublishWord;
import dev.carillon.api.post.CreatePostRequest.Target;
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
 * What is to change of a post; what is left out stays.
 *
 * @param revision of the post that was read before; the header If-Match may say it instead
 * @param text said where a target has no text of its own; at most 100,000 characters
 * @param thread in place of all that follows it; empty for nothing
 * @param targets in place of all that it has; other accounts only while it is a draft that never had a time
 * @param publish when it goes out, or {@code draft} for no time
 * @param allowPast whether a time that has passed means now; without it such a time is refused
 * @param allowDuplicate whether it may say what one of its accounts says already
 * @param graceSeconds how many seconds late it may still go out, from a minute to 30 days
 * @param onMissed what becomes of it after that
 * @param metadata replaces what was kept
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
        OnMissedWord onMissed,

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
            LateFields.ON_MISSED,
            Metadata.FIELD);
    private static final Set<String> LATER = Set.of("media", "link");

    static PostEdit read(HttpRequest<?> request, JsonObject body) {
        body.only(FIELDS, LATER);
        return new PostEdit(
                revision(request, body),
                body.text("text", CreatePostRequest.LONGEST_TEXT),
                ThreadFields.read(body),
                body.value(TARGETS) == null ? null : TargetFields.named(body.objects(TARGETS)),
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
                    "revision is required: that of the post as you read it, here or in the header If-Match, which takes an ETag as well.");
        }
        var matched = match.map(IfMatch::revision).orElse(null);
        if (sent != null && matched != null && !sent.equals(matched)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    TakesIfMatch.HEADER, "If-Match says revision %d, and the body says %d.".formatted(matched, sent));
        }
        return sent == null ? matched : sent;
    }
}
