package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a post that is later than its grace: {@code skip} sends nothing and tells, {@code publish} sends it all the same. */
public enum OnMissedWord {
    @JsonProperty("skip")
    SKIP,
    @JsonProperty("publish")
    PUBLISH
}
