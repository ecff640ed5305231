package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.NotYet;
import dev.carillon.api.input.ReadAs;
import dev.carillon.api.post.CreatePostRequest.PublishAt;
import dev.carillon.api.post.RetryPostRequest.Wanted;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.post.NewPost.When;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
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
        @ReadAs({NowWord.class, PublishAt.class}) @NotYet("next_slot") @Schema(oneOf = {NowWord.class, PublishAt.class})
        Object publish,

        @Nullable
        @Limits(most = RetryPostRequest.MOST_TARGETS)
        @Example(RetryPostRequest.TARGET_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> targets,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowPast,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean allowDuplicate) {

    /** Publishes at once. */
    enum NowWord {
        @JsonProperty("now")
        NOW
    }

    /** The new time, and the publications that get it. */
    record NewTimes(When when, Wanted wanted) {}

    NewTimes toNewTimes() {
        return new NewTimes(PublishFields.when(publish, allowPast), RetryPostRequest.wanted(targets, allowDuplicate));
    }
}
