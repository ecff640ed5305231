package dev.carillon.api.webhook;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A URL that receives events.
 *
 * @param url a public https URL
 * @param events types such as {@code publication.published}, {@code post.*} for all types of one object, {@code *} for all
 * @param description a note for people, up to 500 characters
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 * @param headers up to 10 headers that each request carries in addition to Carillon's; values of up to 1,000 visible characters, which no
 *     reply shows again
 * @param maxPerSecond the maximum number of requests per second; by default the endpoint has no limit of its own
 * @param apiVersion the API version of the events that the endpoint receives; the newest by default
 * @param asymmetric whether requests are also signed with an ed25519 key (v1a), which you verify with public_key
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
                body.requiredText(EndpointFields.URL, EndpointFields.LONGEST_URL, EndpointFields.URL_EXAMPLE),
                EndpointFields.events(body),
                body.text(EndpointFields.DESCRIPTION, EndpointFields.LONGEST_TEXT),
                Metadata.of(body),
                EndpointFields.headers(body),
                EndpointFields.maxPerSecond(body),
                Objects.requireNonNullElse(EndpointFields.apiVersion(body), ApiVersion.NEWEST),
                body.truth(EndpointFields.ASYMMETRIC));
    }

    /** Keeps the URL and the headers out of logs, because they may contain secrets. */
    @Override
    public String toString() {
        return "CreateWebhookEndpointRequest[]";
    }
}
