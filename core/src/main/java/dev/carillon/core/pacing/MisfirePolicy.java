package dev.carillon.core.pacing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The misfire policy: what happens to a post that is later than its grace. */
public enum MisfirePolicy {
    /** It is not sent, and the caller gets an event. */
    SKIP,
    /** It is published anyway. */
    PUBLISH;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MisfirePolicy> named(String wireName) {
        return Arrays.stream(values())
                .filter(choice -> choice.wireName().equals(wireName))
                .findFirst();
    }
}
