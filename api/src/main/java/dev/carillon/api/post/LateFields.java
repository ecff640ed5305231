package dev.carillon.api.post;

import dev.carillon.core.pacing.LateWish;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a post or a workspace that decide what happens to late posts. */
public final class LateFields {
    private LateFields() {}

    /** The fields that are present. */
    public static LateWish wish(@Nullable Integer graceSeconds, @Nullable MisfirePolicyWord misfirePolicy) {
        return new LateWish(
                graceSeconds == null ? null : Duration.ofSeconds(graceSeconds),
                misfirePolicy == null ? null : misfirePolicy.toPolicy());
    }
}
