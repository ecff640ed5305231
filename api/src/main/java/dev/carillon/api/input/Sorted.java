package dev.carillon.api.input;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps in the order of their keys, as replies show them. The order of an immutable map differs between processes, and an object with two
 * orders would have two ETags.
 */
public final class Sorted {
    private Sorted() {}

    /** The same entries in the order of their keys. */
    public static <V> Map<String, V> byKey(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
