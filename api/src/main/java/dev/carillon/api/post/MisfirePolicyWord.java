package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The misfire policy of a post whose grace period has passed: {@code skip} publishes nothing and reports it, {@code publish} publishes the
 * post anyway.
 */
public enum MisfirePolicyWord {
    @JsonProperty("skip")
    SKIP,
    @JsonProperty("publish")
    PUBLISH
}
