package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.pacing.MisfirePolicy;

/**
 * The misfire policy of a post whose grace period has passed: {@code skip} publishes nothing and reports it, {@code publish} publishes the
 * post anyway.
 */
public enum MisfirePolicyWord {
    @JsonProperty("skip")
    SKIP,
    @JsonProperty("publish")
    PUBLISH;

    MisfirePolicy toPolicy() {
        return switch (this) {
            case SKIP -> MisfirePolicy.SKIP;
            case PUBLISH -> MisfirePolicy.PUBLISH;
        };
    }
}
