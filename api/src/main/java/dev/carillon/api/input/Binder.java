package dev.carillon.api.input;

import org.jspecify.annotations.Nullable;

/** Turns the JSON value of a field into the value of a record's component. */
interface Binder {
    /** A valid value in words, for error messages: {@code true or false}. */
    String expected();

    /**
     * The component's value.
     *
     * @param sent the JSON value, as {@link JsonBody} reads it
     * @return null if the value is wrong; it is then among the findings
     */
    @Nullable
    Object bind(Place place, Object sent, Findings findings);

    /** The value of a field that is required, and was not sent or is null. */
    default @Nullable Object absent(Place place, Findings findings) {
        return findings.invalid(place, "%s is required; send %s.".formatted(place.shown(), expected()));
    }
}
