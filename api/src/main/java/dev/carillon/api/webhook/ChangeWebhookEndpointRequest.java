package dev.carillon.api.webhook;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.endpoint.EndpointChange;
import dev.carillon.core.webhook.endpoint.EndpointChange.To;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an endpoint; a field that you omit keeps its value. Null removes description, metadata, headers and max_per_second.
 *
 * @param url a public https URL
 * @param events replaces all event types that the endpoint receives
 * @param description a note for people, up to 500 characters
 * @param metadata replaces the stored metadata
 * @param headers replaces all custom headers; no reply shows their values again
 * @param maxPerSecond the maximum number of requests per second
 * @param apiVersion the API version of the events that the endpoint receives
 * @param asymmetric true: the endpoint gets an ed25519 key if it has none; false: its key is removed
 */
@Wire
record ChangeWebhookEndpointRequest(
        @Nullable
        @Limits(least = 1, most = EndpointFields.LONGEST_URL)
        @Example(EndpointFields.URL_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String url,

        @Nullable
        @Limits(most = EndpointFields.MOST_EVENTS)
        @Example(EndpointFields.EVENT_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
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

    /**
     * The change to make.
     *
     * @param sent the names of the fields that the body has; null removes the value of one that it has
     */
    EndpointChange toChange(Set<String> sent) {
        return new EndpointChange(
                url,
                events,
                sent.contains("description") ? new To<>(description) : null,
                sent.contains("metadata") ? Metadata.of(metadata) : null,
                sent.contains("headers") ? EndpointFields.headers(headers) : null,
                sent.contains("max_per_second") ? new To<>(maxPerSecond) : null,
                apiVersion == null ? null : apiVersion.toVersion(),
                asymmetric);
    }

    /** Keeps the URL and the headers out of logs, because they may contain secrets. */
    @Override
    public String toString() {
        return "ChangeWebhookEndpointRequest[]";
    }
}
