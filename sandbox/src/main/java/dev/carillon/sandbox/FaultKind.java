package dev.carillon.sandbox;

import static java.util.stream.Collectors.joining;

import dev.carillon.sandbox.http.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong with a post, on purpose. */
enum FaultKind {
    TOKEN_EXPIRED,
    ACCESS_REVOKED,
    PERMISSION_MISSING,
    ACCOUNT_SUSPENDED,
    /** Lasts: the seconds until the limit is over. */
    RATE_LIMITED(10, 3600),
    DUPLICATE,
    /** The post that it replies to is not there. Strikes by itself where that is so. */
    REPLY_TARGET_MISSING,
    CONTENT_REJECTED,
    MEDIA_FETCH_FAILED,
    UNAVAILABLE,
    SERVER_ERROR,
    /** Lasts: the seconds until the post is made. */
    SLOW_PROCESSING(5, 3600),
    /** Lasts: the seconds until the post is refused. */
    PROCESSING_REJECTED(5, 3600),
    REPLY_LOST_AFTER_ACCEPT,
    REPLY_LOST_BEFORE_ACCEPT,
    MALFORMED_REPLY,
    CUT_REPLY,
    /** Lasts: the seconds after which the connection is closed. */
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

    /** All names, for whoever sent another one. */
    static String allNames() {
        return Arrays.stream(values()).map(FaultKind::wireName).collect(joining(", "));
    }

    /** For how long, where nobody says; 0 where it takes no time. */
    int usualSeconds() {
        return usualSeconds;
    }

    /**
     * Returns {@code seconds} itself.
     *
     * @throws Refusal with status 422 if the kind takes no time, or not that much
     */
    int checked(int seconds) {
        if (mostSeconds == 0) {
            throw Refusal.unprocessable("seconds_out_of_range", "The kind %s takes no seconds.".formatted(wireName()));
        }
        if (seconds < 1 || seconds > mostSeconds) {
            throw Refusal.unprocessable(
                    "seconds_out_of_range",
                    "seconds of the kind %s is a whole number from 1 to %d.".formatted(wireName(), mostSeconds));
        }
        return seconds;
    }
}
