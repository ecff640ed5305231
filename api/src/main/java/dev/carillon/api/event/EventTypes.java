package dev.carillon.api.event;

import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads event types from query parameters. */
public final class EventTypes {
    private static final int MOST_TYPES = 50;

    private EventTypes() {}

    /**
     * The types in a query parameter; empty if the caller sent none.
     *
     * @param value types separated by commas; {@code post.*} for all types of one object, {@code *} for all
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter}, with the type that was probably meant
     */
    public static List<EventPattern> read(String parameter, @Nullable String value) {
        if (value == null) {
            return List.of();
        }
        var words = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        if (words.size() > MOST_TYPES) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    parameter,
                    "%s has %d types; at most %d are allowed.".formatted(parameter, words.size(), MOST_TYPES));
        }
        return words.stream().map(word -> pattern(parameter, word)).toList();
    }

    private static EventPattern pattern(String parameter, String word) {
        return EventPattern.read(word)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        parameter,
                        "%s must be event types separated by commas, post.* for all types of one object, or * for all; %s is not one of them. %s"
                                .formatted(parameter, SafeQuote.of(word), EventPattern.hintFor(word))));
    }
}
