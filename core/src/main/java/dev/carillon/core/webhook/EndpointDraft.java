package dev.carillon.core.webhook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as somebody asks for it.
 *
 * @param events what is to be sent: types, {@code *} for all, {@code post.*} for all of one object
 * @param description for people, up to 500 characters
 */
public record EndpointDraft(
        String url, List<String> events, @Nullable String description, Map<String, Object> metadata) {
    public EndpointDraft {
        events = List.copyOf(events);
        metadata = Map.copyOf(metadata);
    }
}
