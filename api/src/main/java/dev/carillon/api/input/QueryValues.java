package dev.carillon.api.input;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.kernel.PageRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; invalid values are refused under the parameter's name. */
public final class QueryValues {
    private QueryValues() {}

    public static PageRequest page(@Nullable String limit, @Nullable String cursor) {
        if (limit == null) {
            return new PageRequest(PageRequest.USUAL, cursor);
        }
        try {
            return new PageRequest(Integer.parseInt(limit), cursor);
        } catch (NumberFormatException e) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "limit", "limit must be a whole number between 1 and %d.".formatted(PageRequest.LARGEST));
        }
    }

    /** An enum value, by its name in the API; null if the caller sent none. */
    public static <E extends Enum<E>> @Nullable E oneOf(
            String parameter, @Nullable String value, E[] values, Function<E, String> wireName) {
        if (value == null) {
            return null;
        }
        return find(value, values, wireName)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        parameter, "%s must be one of %s.".formatted(parameter, names(values, wireName))));
    }

    /** Several enum values, separated by commas; empty if the caller sent none. */
    public static <E extends Enum<E>> Set<E> someOf(
            String parameter, @Nullable String value, E[] values, Function<E, String> wireName) {
        var found = new LinkedHashSet<E>();
        if (value != null) {
            for (var word : value.split(",", -1)) {
                found.add(find(word.strip(), values, wireName)
                        .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                                parameter,
                                "%s must be one or more of %s, separated by commas; %s is not one of them."
                                        .formatted(parameter, names(values, wireName), SafeQuote.of(word.strip())))));
            }
        }
        return found;
    }

    private static <E extends Enum<E>> String names(E[] values, Function<E, String> wireName) {
        return Arrays.stream(values).map(wireName).collect(Collectors.joining(", "));
    }

    private static <E extends Enum<E>> Optional<E> find(String value, E[] values, Function<E, String> wireName) {
        return Arrays.stream(values)
                .filter(each -> wireName.apply(each).equals(value))
                .findFirst();
    }

    /** An id to filter by; null if the caller sent none. */
    public static <T extends Id> @Nullable T id(String parameter, @Nullable String value, IdKind<T> kind) {
        if (value == null) {
            return null;
        }
        return kind.read(value)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                        parameter, "%s must be an id such as %s_....".formatted(parameter, kind.prefix())));
    }

    /** {@code true} or {@code false}; null if the caller sent none. */
    public static @Nullable Boolean truth(String parameter, @Nullable String value) {
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw ErrorCode.INVALID_PARAMETER.at(parameter, "%s must be true or false.".formatted(parameter));
        };
    }

    public static @Nullable Instant time(String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return Times.read(value)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(parameter, Times.EXPECTED.formatted(parameter)));
    }
}
