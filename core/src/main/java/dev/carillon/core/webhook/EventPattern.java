package dev.carillon.core.webhook;

import dev.carillon.core.event.Event;
import java.util.Optional;

/** Which events an endpoint wants: one type, {@code *} for all, or {@code post.*} for all of one object. */
record EventPattern(String text) {
    private static final String ALL = "*";
    private static final String ALL_OF_ONE = ".*";

    /** The pattern that a caller wrote; empty when no event can ever fit it. */
    static Optional<EventPattern> read(String text) {
        var pattern = new EventPattern(text);
        return text.equals(ALL) || Event.types().stream().anyMatch(pattern::matches)
                ? Optional.of(pattern)
                : Optional.empty();
    }

    boolean matches(String type) {
        if (text.equals(ALL)) {
            return true;
        }
        return text.endsWith(ALL_OF_ONE)
                ? type.startsWith(text.substring(0, text.length() - 1)) && text.indexOf('.') == text.length() - 2
                : text.equals(type);
    }
}
