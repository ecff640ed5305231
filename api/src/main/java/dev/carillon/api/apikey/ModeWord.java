package dev.carillon.api.apikey;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.kernel.Mode;

/** A mode as requests and replies name it: {@code test} publishes nothing on real platforms, {@code live} does. */
public enum ModeWord {
    @JsonProperty("test")
    TEST,
    @JsonProperty("live")
    LIVE;

    Mode toMode() {
        return this == LIVE ? Mode.LIVE : Mode.TEST;
    }
}
