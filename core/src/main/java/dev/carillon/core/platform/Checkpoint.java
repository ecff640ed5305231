package dev.carillon.core.platform;

import java.util.Map;
import java.util.Optional;

/**
 * What a connector decided before its irreversible call, so that a repeated call and a look-up use the same values: a
 * chosen key, a creation time, an upload id. Never holds a secret.
 */
public record Checkpoint(Map<String, String> values) {
    /** Key for a hash of the text, on platforms where a post can be recognised only by its text. */
    public static final String TEXT_HASH = "text_hash";

    public static final Checkpoint NONE = new Checkpoint(Map.of());

    public Checkpoint {
        values = Map.copyOf(values);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
