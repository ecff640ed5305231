package dev.carillon.core.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.core.kernel.ErrorCode;
import java.util.Locale;

/** Where the cause of a failure lies. The wait before the next attempt depends on it. */
public enum FailureClass {
    /** On the network: a name did not resolve, a connection was refused or cut, or no answer came. */
    NETWORK,
    /** At the platform: it was reached but could not accept the post. */
    PLATFORM,
    /** At the server that hosts the media to fetch. */
    MEDIA,
    /** In Carillon: a process was killed or failed in the middle of an attempt. */
    OURS;

    /** The class of a failure of which only the code is known. */
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
