package dev.carillon.api.webhook;

import dev.carillon.api.http.JsonObject;
import dev.carillon.api.http.Metadata;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address that is to get events.
 *
 * @param url public, https
 * @param events types such as {@code publication.published}, {@code post.*} for all of one object, {@code *} for all
 * @param description for people, up to 500 characters
 * @param metadata up to 50 keys of 40 characters with values of up to 500, kept for the caller
 * @param headers up to 10 that each request carries beside Carillon's; values of up to 1,000 visible characters, which no reply shows again
 * @param maxPerSecond requests a second at most; no bound of its own where it is left out
 * @param apiVersion in which it is sent events; the newest where it is left out
 * @param asymmetric whether requests are signed with an ed25519 key (v1a) as well, which is checked with public_key
 */
@Wire
@Schema(requiredProperties = {"url", "events"})
record CreateWebhookEndpointRequest(
        String url,
        List<String> events,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String description,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> headers,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = EndpointDraft.FASTEST + "")
        Integer maxPerSecond,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        ApiVersionWord apiVersion,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean asymmetric) {

    static EndpointDraft read(JsonObject body) {
        body.only(EndpointFields.NAMES);
        return new EndpointDraft(
                body.requiredText(EndpointFields.URL, EndpointFields.LONGEST_URL),
                EndpointFields.events(body),
                body.text(EndpointFields.DESCRIPTION, EndpointFields.LONGEST_TEXT),
                Metadata.of(body),
                EndpointFields.headers(body),
                EndpointFields.maxPerSecond(body),
                Objects.requireNonNullElse(EndpointFields.apiVersion(body), ApiVersion.NEWEST),
                body.truth(EndpointFields.ASYMMETRIC));
    }

    /** Addresses and headers may hold secrets. */
    @Override
    public String toString() {
        return "CreateWebhookEndpointRequest[]";
    }
}
