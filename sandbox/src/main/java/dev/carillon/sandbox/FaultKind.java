package dev.carillon.sandbox;

import static java.util.stream.Collectors.joining;

import dev.carillon.sandbox.http.HttpErrorException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of failure that can be injected into a post. */
enum FaultKind {
    TOKEN_EXPIRED,
    ACCESS_REVOKED,
    PERMISSION_MISSING,
    ACCOUNT_SUSPENDED,
    /** Duration: the seconds until the limit is over. */
    RATE_LIMITED(10, 3600),
    DUPLICATE,
    /** The post that it replies to does not exist. Also occurs without a fault when that is the case. */
    REPLY_TARGET_MISSING,
    CONTENT_REJECTED,
    MEDIA_FETCH_FAILED,
    UNAVAILABLE,
    SERVER_ERROR,
    /** Duration: the seconds until the post is created. */
    SLOW_PROCESSING(5, 3600),
    /** Duration: the seconds until the post is rejected. */
    PROCESSING_REJECTED(5, 3600),
    REPLY_LOST_AFTER_ACCEPT,
    REPLY_LOST_BEFORE_ACCEPT,
    MALFORMED_REPLY,
    CUT_REPLY,
    /** Duration: the seconds after which the connection is closed. */
    HANG(60, 120),
    VANISHES;

    private final int usualSeconds;
    private final int mostSeconds;

    FaultKind() {
        this(0, 0);
    }

    FaultKind(int usualSeconds, int mostSeconds) {
        this.usualSeconds = usualSeconds;
        this.mostSeconds = mostSeconds;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FaultKind> named(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }

    /** All names, for an error about an unknown one. */
    static String allNames() {
        return Arrays.stream(values()).map(FaultKind::wireName).collect(joining(", "));
    }

    /** The default duration in seconds; 0 if the kind takes no time. */
    int usualSeconds() {
        return usualSeconds;
    }

    /**
     * Returns {@code seconds} itself.
     *
     * @throws HttpErrorException with status 422 if the kind takes no time, or not that much
     */
    int checked(int seconds) {
        if (mostSeconds == 0) {
            throw HttpErrorException.unprocessable(
                    "seconds_out_of_range", "The kind %s takes no time. Leave seconds out.".formatted(wireName()));
        }
        if (seconds < 1 || seconds > mostSeconds) {
            throw HttpErrorException.unprocessable(
                    "seconds_out_of_range",
                    "seconds of the kind %s must be a whole number from 1 to %d.".formatted(wireName(), mostSeconds));
        }
        return seconds;
    }
}
