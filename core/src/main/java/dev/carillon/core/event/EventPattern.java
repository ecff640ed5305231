package dev.carillon.core.event;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Names;
import dev.carillon.core.kernel.Refusal;
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

    /**
     * Goes on only with patterns that an event can fit.
     *
     * @param pointer a JSON pointer to their list
     * @throws Refusal {@code invalid_parameter} at the first that is none
     */
    public static void check(List<String> patterns, String pointer) {
        for (int i = 0; i < patterns.size(); i++) {
            var text = patterns.get(i);
            if (read(text).isEmpty()) {
                throw ErrorCode.INVALID_PARAMETER.at(
                        "%s/%d".formatted(pointer, i), "This is no event type. " + hintFor(text));
            }
        }
    }

    /** A sentence for whoever wrote what is no pattern: the type that was probably meant, or what there is. */
    public static String hintFor(String text) {
        return Names.nearest(text, Event.types())
                .map("Did you mean %s?"::formatted)
                .orElseGet(() -> "There are *, %s.".formatted(String.join(", ", Event.types())));
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
