package dev.carillon.core.pacing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a post that is later than its grace. */
public enum OnMissed {
    /** It is not sent, and its caller is told. */
    SKIP,
    /** It goes out all the same. */
    PUBLISH;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnMissed> named(String wireName) {
        return Arrays.stream(values())
                .filter(choice -> choice.wireName().equals(wireName))
                .findFirst();
    }
}
