package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.ApiVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as a caller asks for it.
 *
 * @param events what to send: types, {@code *} for all, {@code post.*} for all of one object
 * @param description for people, up to 500 characters
 * @param headers sent in addition to Carillon's
 * @param maxPerSecond maximum number of requests per second, 1 to {@value #FASTEST}; null for no limit
 * @param apiVersion of the events that it receives
 * @param asymmetric whether deliveries are also signed with an ed25519 key
 */
public record EndpointDraft(
        String url,
        List<String> events,
        @Nullable String description,
        Map<String, Object> metadata,
        CustomHeaders headers,
        @Nullable Integer maxPerSecond,
        ApiVersion apiVersion,
        boolean asymmetric) {
    public static final int FASTEST = 1_000;

    public EndpointDraft {
        events = List.copyOf(events);
        metadata = Map.copyOf(metadata);
    }
}
