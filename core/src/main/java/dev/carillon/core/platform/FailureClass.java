package dev.carillon.core.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.core.kernel.ErrorCode;
import java.util.Locale;

/** Whose trouble a failure was. How long to wait before the next attempt depends on it. */
public enum FailureClass {
    /** On the way: a name that does not resolve, a connection that is refused or cut, an answer that never came. */
    NETWORK,
    /** The platform's own: it was reached and was not able to take the post. */
    PLATFORM,
    /** Of whoever hosts the media that were to be fetched. */
    MEDIA,
    /** Ours: a process that was killed or failed in the middle of an attempt. */
    OURS;

    /** The class of a failure about which nothing but its code is known. */
    static FailureClass of(ErrorCode code) {
        return switch (code) {
            case MEDIA_FETCH_FAILED -> MEDIA;
            case INTERNAL_ERROR -> OURS;
            default -> PLATFORM;
        };
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static FailureClass named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
