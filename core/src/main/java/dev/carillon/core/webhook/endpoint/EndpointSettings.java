package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.ApiVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a caller chose for an endpoint.
 *
 * @param events patterns, as {@link dev.carillon.core.event.EventPattern} reads them; none for a callback of posts
 * @param description for people
 * @param headerNames of the headers that are sent in addition to Carillon's; their values may be secrets and are not
 *     included
 * @param maxPerSecond maximum number of requests per second; null for no limit
 * @param apiVersion of the events that it receives
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
