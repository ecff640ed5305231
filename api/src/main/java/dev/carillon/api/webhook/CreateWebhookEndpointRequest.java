package dev.carillon.api.webhook;

import dev.carillon.api.http.JsonObject;
import dev.carillon.api.http.Metadata;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address that is to get events.
 *
 * @param url public, https
 * @param events types such as {@code publication.published}, {@code post.*} for all of one object, {@code *} for all
 * @param description for people, up to 500 characters
 * @param metadata up to 50 keys of 40 characters with values of up to 500, kept for the caller
 */
@Wire
@Schema(requiredProperties = {"url", "events"})
record CreateWebhookEndpointRequest(
        String url,
        List<String> events,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String description,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST_EVENTS = 100;

    static EndpointDraft read(JsonObject body) {
        body.only(Set.of("url", "events", "description", Metadata.FIELD));
        var events = body.texts("events");
        if (events.size() > MOST_EVENTS) {
            throw body.invalid("events", "events has %d entries; at most %d.".formatted(events.size(), MOST_EVENTS));
        }
        return new EndpointDraft(
                body.requiredText("url", LONGEST_URL),
                events,
                body.text("description", LONGEST_TEXT),
                Metadata.of(body));
    }
}
