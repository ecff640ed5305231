package dev.carillon.core.event;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Names;
import java.util.List;
import java.util.Optional;

/** A pattern for event types: one type, {@code *} for all, or {@code post.*} for all types of one object. */
public record EventPattern(String text) {
    private static final String ALL = "*";
    private static final String ALL_OF_ONE = ".*";

    /** Reads a caller's pattern; empty if no event type can match it. */
    public static Optional<EventPattern> read(String text) {
        var pattern = new EventPattern(text);
        return text.equals(ALL) || Event.types().stream().anyMatch(pattern::matches)
                ? Optional.of(pattern)
                : Optional.empty();
    }

    /**
     * Refuses patterns that no event type can match.
     *
     * @param pointer a JSON pointer to their list
     * @throws ApiException {@code invalid_parameter} at the first such pattern
     */
    public static void check(List<String> patterns, String pointer) {
        for (int i = 0; i < patterns.size(); i++) {
            var text = patterns.get(i);
            if (read(text).isEmpty()) {
                throw ErrorCode.INVALID_PARAMETER.at(
                        "%s/%d".formatted(pointer, i), "Unknown event type. " + hintFor(text));
            }
        }
    }

    /** A hint for the author of an invalid pattern: the type that was probably meant, or all types. */
    public static String hintFor(String text) {
        return Names.nearest(text, Event.types())
                .map("Did you mean %s?"::formatted)
                .orElseGet(() -> "Use one of *, %s.".formatted(String.join(", ", Event.types())));
    }

    public boolean matches(String type) {
        if (text.equals(ALL)) {
            return true;
        }
        return text.endsWith(ALL_OF_ONE)
                ? type.startsWith(text.substring(0, text.length() - 1)) && text.indexOf('.') == text.length() - 2
                : text.equals(type);
    }

    /** Every type that one of the patterns matches; all types if there are no patterns. */
    static List<String> types(List<EventPattern> patterns) {
        return Event.types().stream()
                .filter(type -> patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(type)))
                .toList();
    }
}
