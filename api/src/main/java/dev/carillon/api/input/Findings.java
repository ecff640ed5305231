package dev.carillon.api.input;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ApiException.Finding;
import dev.carillon.core.kernel.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request's body. The first finding decides the code of the refusal, and its detail. */
final class Findings {
    /** A body can be wrong in many thousand places; the reply does not list them all. */
    private static final int MOST = 20;

    private final List<Finding> found = new ArrayList<>();

    int count() {
        return found.size();
    }

    /** Adds that a value is not as it must be; returns null, which stands for the value. */
    @Nullable
    Object invalid(Place place, String message) {
        return add(ErrorCode.INVALID_PARAMETER, place, message);
    }

    /** Adds that a field, or a word, does not exist; returns null, which stands for the value. */
    @Nullable
    Object unknown(Place place, String message) {
        return add(ErrorCode.UNKNOWN_PARAMETER, place, message);
    }

    /** Adds that a value has another JSON type; returns null, which stands for the value. */
    @Nullable
    Object wrongType(Place place, String expected, @Nullable Object value) {
        return invalid(place, "%s must be %s; you sent %s.".formatted(place.shown(), expected, kindOf(value)));
    }

    private @Nullable Object add(ErrorCode code, Place place, String message) {
        found.add(new Finding(code, place.pointer(), message));
        if (found.size() == MOST) {
            throw refusal();
        }
        return null;
    }

    /** What was read; a refusal if something was found. */
    <T> T check(@Nullable T read) {
        refuseIfAny();
        return Objects.requireNonNull(read);
    }

    void refuseIfAny() {
        if (!found.isEmpty()) {
            throw refusal();
        }
    }

    private ApiException refusal() {
        var first = found.getFirst();
        return found.size() == 1
                ? first.code().at(first.pointer(), first.message())
                : first.code().with(first.message(), found);
    }

    /** The JSON type of a value, in words. */
    static String kindOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "a string";
            case Boolean _ -> "a boolean";
            case List<?> _ -> "an array";
            case Map<?, ?> _ -> "an object";
            default -> "a number";
        };
    }
}
