package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.JsonObject;
import dev.carillon.api.post.CreatePostRequest.PublishAt;
import dev.carillon.api.post.RetryPostRequest.Wanted;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.post.NewPost.When;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A new time for the missed publications of a post.
 *
 * @param publish when to publish: {@code now}, or a time in the future
 * @param targets ids of publications or of their accounts, at most 100; by default all missed publications
 * @param allowPast true: a time in the past means now; otherwise such a time is refused
 * @param allowDuplicate whether to repeat content that another post has published on the account in the meantime
 */
@Wire
@Schema(requiredProperties = "publish")
record ReschedulePostRequest(
        @Schema(oneOf = {NowWord.class, PublishAt.class}) Object publish,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> targets,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowPast,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowDuplicate) {
    private static final Set<String> FIELDS = Set.of("publish", "targets", "allow_past", "allow_duplicate");

    /** Publishes at once. */
    enum NowWord {
        @JsonProperty("now")
        NOW
    }

    /** The new time, and the publications that get it. */
    record NewTimes(When when, Wanted wanted) {}

    static NewTimes read(JsonObject body) {
        body.only(FIELDS);
        var when = CreatePostRequest.when(body);
        if (when instanceof When.Draft) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/publish", "publish must be \"now\" or a time such as %s.".formatted(CreatePostRequest.AT));
        }
        return new NewTimes(when, RetryPostRequest.wanted(body));
    }
}
