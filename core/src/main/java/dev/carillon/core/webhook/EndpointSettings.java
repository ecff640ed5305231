package dev.carillon.core.webhook;

import dev.carillon.core.kernel.ApiVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody chose for an endpoint.
 *
 * @param events patterns, as {@link dev.carillon.core.event.EventPattern} reads them; none for a callback of posts
 * @param description for people
 * @param headerNames of the headers that are sent beside ours; their values may be secrets and are not part of it
 * @param maxPerSecond requests a second at most; null for no bound of its own
 * @param apiVersion in which it is sent events
 */
public record EndpointSettings(
        String url,
        List<String> events,
        @Nullable String description,
        Map<String, Object> metadata,
        List<String> headerNames,
        @Nullable Integer maxPerSecond,
        ApiVersion apiVersion) {
    public EndpointSettings {
        events = List.copyOf(events);
        metadata = Map.copyOf(metadata);
        headerNames = List.copyOf(headerNames);
    }
}
