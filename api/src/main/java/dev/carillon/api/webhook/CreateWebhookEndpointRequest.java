package dev.carillon.api.webhook;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
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
        @Limits(least = 1, most = EndpointFields.LONGEST_URL) @Example(EndpointFields.URL_EXAMPLE)
        String url,

        @Limits(most = EndpointFields.MOST_EVENTS) @Example(EndpointFields.EVENT_EXAMPLE)
        List<String> events,

        @Nullable @Limits(most = EndpointFields.LONGEST_TEXT) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String description,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata,

        @Nullable
        @Limits(least = 1, most = EndpointFields.LONGEST_TEXT)
        @Example(EndpointFields.HEADERS_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> headers,

        @Nullable
        @Limits(least = 1, most = EndpointDraft.FASTEST)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = EndpointDraft.FASTEST + "")
        Integer maxPerSecond,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        ApiVersionWord apiVersion,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Boolean asymmetric) {

    EndpointDraft toDraft() {
        return new EndpointDraft(
                url,
                events,
                description,
                Metadata.of(metadata),
                EndpointFields.headers(headers),
                maxPerSecond,
                apiVersion == null ? ApiVersion.NEWEST : apiVersion.toVersion(),
                Boolean.TRUE.equals(asymmetric));
    }

    /** Keeps the URL and the headers out of logs, because they may contain secrets. */
    @Override
    public String toString() {
        return "CreateWebhookEndpointRequest[]";
    }
}
