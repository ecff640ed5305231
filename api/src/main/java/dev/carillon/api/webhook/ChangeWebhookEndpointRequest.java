package dev.carillon.api.webhook;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.endpoint.EndpointChange;
import dev.carillon.core.webhook.endpoint.EndpointChange.To;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String url,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
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

    static EndpointChange read(JsonObject body) {
        body.only(EndpointFields.NAMES);
        return new EndpointChange(
                body.value(EndpointFields.URL) == null
                        ? null
                        : body.requiredText(EndpointFields.URL, EndpointFields.LONGEST_URL, EndpointFields.URL_EXAMPLE),
                body.value(EndpointFields.EVENTS) == null ? null : EndpointFields.events(body),
                sent(
                        body,
                        EndpointFields.DESCRIPTION,
                        () -> new To<>(body.text(EndpointFields.DESCRIPTION, EndpointFields.LONGEST_TEXT))),
                sent(body, Metadata.FIELD, () -> Metadata.of(body)),
                sent(body, EndpointFields.HEADERS, () -> EndpointFields.headers(body)),
                sent(body, EndpointFields.MAX_PER_SECOND, () -> new To<>(EndpointFields.maxPerSecond(body))),
                EndpointFields.apiVersion(body),
                body.value(EndpointFields.ASYMMETRIC) == null ? null : body.truth(EndpointFields.ASYMMETRIC));
    }

    /** Null if the field was not sent; a field that was sent as null still counts as sent. */
    private static <T> @Nullable T sent(JsonObject body, String field, Supplier<T> read) {
        return body.has(field) ? read.get() : null;
    }

    /** Keeps the URL and the headers out of logs, because they may contain secrets. */
    @Override
    public String toString() {
        return "ChangeWebhookEndpointRequest[]";
    }
}
