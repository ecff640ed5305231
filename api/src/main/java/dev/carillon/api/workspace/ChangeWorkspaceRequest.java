package dev.carillon.api.workspace;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.post.LateFields;
import dev.carillon.api.post.MisfirePolicyWord;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.pacing.LateRule;
import dev.carillon.core.pacing.LateWish;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Objects;
import java.util.Set;
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
        @Schema(
                requiredMode = RequiredMode.NOT_REQUIRED,
                minimum = LateWish.SHORTEST_GRACE_SECONDS + "",
                maximum = LateWish.LONGEST_GRACE_SECONDS + "")
        Integer graceSeconds,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        MisfirePolicyWord misfirePolicy,

        @Nullable
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = LateRule.MOST_PER_ACCOUNT_HOUR + "")
        Integer latePostsPerAccountHour) {
    private static final String PER_HOUR = "late_posts_per_account_hour";

    static UnaryOperator<LateRule> read(JsonObject body) {
        body.only(Set.of(LateFields.GRACE, LateFields.MISFIRE_POLICY, PER_HOUR));
        var wish = LateFields.wish(body);
        var perHour = body.whole(PER_HOUR, 1, LateRule.MOST_PER_ACCOUNT_HOUR);
        return now -> new LateRule(
                Objects.requireNonNullElse(wish.grace(), now.grace()),
                Objects.requireNonNullElse(wish.misfirePolicy(), now.misfirePolicy()),
                Objects.requireNonNullElse(perHour, now.perAccountHour()));
    }
}
