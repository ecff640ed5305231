package dev.carillon.api.workspace;

import dev.carillon.api.input.Limits;
import dev.carillon.api.input.NotYet;
import dev.carillon.api.post.LateFields;
import dev.carillon.api.post.MisfirePolicyWord;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.pacing.LateRule;
import dev.carillon.core.pacing.LateWish;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a workspace; a field that you omit keeps its value.
 *
 * @param graceSeconds how many seconds late a post may still be published, from a minute to 30 days
 * @param misfirePolicy what happens to a post that is later than that
 * @param latePostsPerAccountHour how many posts that are more than five minutes late an account may publish within any hour
 */
@Wire
record ChangeWorkspaceRequest(
        @Nullable
        @Limits(least = LateWish.SHORTEST_GRACE_SECONDS, most = LateWish.LONGEST_GRACE_SECONDS)
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                minimum = LateWish.SHORTEST_GRACE_SECONDS + "",
                maximum = LateWish.LONGEST_GRACE_SECONDS + "")
        Integer graceSeconds,

        @Nullable @NotYet("next_slot") @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        MisfirePolicyWord misfirePolicy,

        @Nullable
        @Limits(least = 1, most = LateRule.MOST_PER_ACCOUNT_HOUR)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = LateRule.MOST_PER_ACCOUNT_HOUR + "")
        Integer latePostsPerAccountHour) {

    UnaryOperator<LateRule> toChange() {
        var wish = LateFields.wish(graceSeconds, misfirePolicy);
        return now -> new LateRule(
                Objects.requireNonNullElse(wish.grace(), now.grace()),
                Objects.requireNonNullElse(wish.misfirePolicy(), now.misfirePolicy()),
                Objects.requireNonNullElse(latePostsPerAccountHour, now.perAccountHour()));
    }
}
