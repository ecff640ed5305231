package dev.carillon.api.input;

import java.util.LinkedHashMap;
import java.util.Map;

/** Data that callers store with an object for their own use. */
public final class Metadata {
    public static final String FIELD = "metadata";
    private static final int MOST_KEYS = 50;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 500;

    private Metadata() {}

    /** The body's metadata; empty if absent. */
    public static Map<String, Object> of(JsonObject body) {
        var metadata = body.object(FIELD, "{\"campaign\": \"spring\"}");
        if (metadata == null) {
            return Map.of();
        }
        var names = metadata.names().toList();
        if (names.size() > MOST_KEYS) {
            throw body.invalid(
                    FIELD, "metadata has %d keys; at most %d are allowed.".formatted(names.size(), MOST_KEYS));
        }
        var read = new LinkedHashMap<String, Object>();
        for (var name : names) {
            if (name.isEmpty() || name.length() > LONGEST_KEY) {
                throw body.invalid(FIELD, "A metadata key must have 1 to %d characters.".formatted(LONGEST_KEY));
            }
            var value = metadata.text(name, LONGEST_VALUE);
            if (value != null) {
                read.put(name, value);
            }
        }
        return read;
    }
}
