package dev.carillon.core.event;

import java.util.List;
import java.util.Optional;

/** Which types are meant: one, {@code *} for all, or {@code post.*} for all of one object. */
public record EventPattern(String text) {
    private static final String ALL = "*";
    private static final String ALL_OF_ONE = ".*";

    /** The pattern that a caller wrote; empty when no event can ever fit it. */
    public static Optional<EventPattern> read(String text) {
        var pattern = new EventPattern(text);
        return text.equals(ALL) || Event.types().stream().anyMatch(pattern::matches)
                ? Optional.of(pattern)
                : Optional.empty();
    }

    public boolean matches(String type) {
        if (text.equals(ALL)) {
            return true;
        }
        return text.endsWith(ALL_OF_ONE)
                ? type.startsWith(text.substring(0, text.length() - 1)) && text.indexOf('.') == text.length() - 2
                : text.equals(type);
    }

    /** Every type that one of the patterns means; all where there is no pattern. */
    static List<String> types(List<EventPattern> patterns) {
        return Event.types().stream()
                .filter(type -> patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(type)))
                .toList();
    }
}
