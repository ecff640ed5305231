package dev.carillon.api.input;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data that callers store with an object for their own use. */
public final class Metadata {
    static final int LONGEST_VALUE = 500;
    private static final int MOST_KEYS = 50;
    private static final int LONGEST_KEY = 40;

    private Metadata() {}

    /**
     * A request's metadata; empty if absent.
     *
     * @param metadata a field that is a {@link MetadataField}
     * @throws ApiException {@code invalid_parameter} for too many keys, or one that is too long
     */
    public static Map<String, Object> of(@Nullable Map<String, String> metadata) {
        if (metadata == null) {
            return Map.of();
        }
        if (metadata.size() > MOST_KEYS) {
            throw refused("metadata has %d keys; at most %d are allowed.".formatted(metadata.size(), MOST_KEYS));
        }
        if (metadata.keySet().stream().anyMatch(key -> key.isEmpty() || key.length() > LONGEST_KEY)) {
            throw refused("A metadata key must have 1 to %d characters.".formatted(LONGEST_KEY));
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    private static ApiException refused(String detail) {
        return ErrorCode.INVALID_PARAMETER.at("/metadata", detail);
    }
}
