package dev.carillon.core.limit;

/**
 * A rate with a name.
 *
 * @param name as callers see it: an operation, {@code key}, {@code address} or {@code failures}
 */
public record Limit(String name, Rate rate) {
    private static final String KEY = "key";

    public static Limit of(Operation operation, Rate rate) {
        return new Limit(operation.wireName(), rate);
    }

    /** The key's own rate. */
    public static Limit ofKey(Rate rate) {
        return new Limit(KEY, rate);
    }
}
