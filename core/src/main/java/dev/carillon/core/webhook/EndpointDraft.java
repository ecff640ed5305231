package dev.carillon.core.webhook;

import dev.carillon.core.kernel.ApiVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as somebody asks for it.
 *
 * @param events what is to be sent: types, {@code *} for all, {@code post.*} for all of one object
 * @param description for people, up to 500 characters
 * @param headers sent beside ours
 * @param maxPerSecond requests a second at most, 1 to {@value #FASTEST}; null for no bound of its own
 * @param apiVersion in which it is sent events
 * @param asymmetric whether deliveries are signed with an ed25519 key as well
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

    /** One without headers, bound and signing key, in the newest version. */
    public EndpointDraft(String url, List<String> events, @Nullable String description, Map<String, Object> metadata) {
        this(url, events, description, metadata, CustomHeaders.NONE, null, ApiVersion.NEWEST, false);
    }
}
