package dev.carillon.api.webhook;

import dev.carillon.api.http.JsonObject;
import dev.carillon.api.http.Metadata;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.EndpointChange;
import dev.carillon.core.webhook.EndpointChange.To;
import dev.carillon.core.webhook.EndpointDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an endpoint; what is left out stays. Null takes away description, metadata, headers and max_per_second.
 *
 * @param url public, https
 * @param events in place of all that it gets
 * @param description for people, up to 500 characters
 * @param metadata replaces what was kept
 * @param headers in place of all that it has; their values are not shown again
 * @param maxPerSecond requests a second at most
 * @param apiVersion in which it is sent events
 * @param asymmetric true: it is given an ed25519 key where it has none; false: its key is taken away
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
                        : body.requiredText(EndpointFields.URL, EndpointFields.LONGEST_URL),
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

    /** Null where the field was left out; where it is null it says something. */
    private static <T> @Nullable T sent(JsonObject body, String field, Supplier<T> read) {
        return body.has(field) ? read.get() : null;
    }

    /** Addresses and headers may hold secrets. */
    @Override
    public String toString() {
        return "ChangeWebhookEndpointRequest[]";
    }
}
