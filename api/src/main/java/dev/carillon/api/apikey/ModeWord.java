package dev.carillon.api.apikey;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A mode as the wire has it: {@code test} publishes nothing, {@code live} does. */
public enum ModeWord {
    @JsonProperty("test")
    TEST,
    @JsonProperty("live")
    LIVE
}
