package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The misfire policy of a post whose grace period has passed: {@code skip} publishes nothing and reports it, {@code publish} publishes the
 * post anyway.
 */
@Schema(name = "OnMissedWord")
public enum MisfirePolicyWord {
    @JsonProperty("skip")
    SKIP,
    @JsonProperty("publish")
    PUBLISH
}
