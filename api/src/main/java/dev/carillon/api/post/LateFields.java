package dev.carillon.api.post;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.pacing.MisfirePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a post or a workspace that decide what happens to late posts. */
public final class LateFields {
    public static final String GRACE = "grace_seconds";
    public static final String MISFIRE_POLICY = "misfire_policy";
    private static final int LONGEST_WORD = 100;

    private LateFields() {}

    /** The fields that are present. */
    public static LateWish wish(JsonObject body) {
        var seconds = body.whole(GRACE, LateWish.SHORTEST_GRACE_SECONDS, LateWish.LONGEST_GRACE_SECONDS);
        return new LateWish(seconds == null ? null : Duration.ofSeconds(seconds), misfirePolicy(body));
    }

    private static @Nullable MisfirePolicy misfirePolicy(JsonObject body) {
        var word = body.text(MISFIRE_POLICY, LONGEST_WORD, "skip");
        if (word == null) {
            return null;
        }
        if (word.equals("next_slot")) {
            throw ErrorCode.UNKNOWN_PARAMETER.at(
                    body.pointerTo(MISFIRE_POLICY),
                    "misfire_policy \"next_slot\" is not available yet; send \"skip\" or \"publish\".");
        }
        return MisfirePolicy.named(word)
                .orElseThrow(() -> body.invalid(MISFIRE_POLICY, "misfire_policy must be \"skip\" or \"publish\"."));
    }
}
