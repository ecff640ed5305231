package dev.carillon.api.webhook;

import dev.carillon.api.input.JsonObject;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.webhook.endpoint.CustomHeaders;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields that creating and changing an endpoint have in common. */
final class EndpointFields {
    static final String URL = "url";
    static final String EVENTS = "events";
    static final String DESCRIPTION = "description";
    static final String HEADERS = "headers";
    static final String MAX_PER_SECOND = "max_per_second";
    static final String API_VERSION = "api_version";
    static final String ASYMMETRIC = "asymmetric";
    /** All of these fields. */
    static final Set<String> NAMES =
            Set.of(URL, EVENTS, DESCRIPTION, Metadata.FIELD, HEADERS, MAX_PER_SECOND, API_VERSION, ASYMMETRIC);

    static final int LONGEST_URL = 2_000;
    /** A URL, for error messages. */
    static final String URL_EXAMPLE = "https://example.com/webhooks";

    /** The longest text that is read at all; the use case applies the exact limits. */
    static final int LONGEST_TEXT = 10_000;

    private static final int LONGEST_WORD = 100;
    private static final int MOST_EVENTS = 100;

    private EndpointFields() {}

    /** The patterns; the use case checks which ones exist. */
    static List<String> events(JsonObject body) {
        var events = body.texts(EVENTS, "publication.published");
        if (events.size() > MOST_EVENTS) {
            throw body.invalid(
                    EVENTS, "events has %d entries; at most %d are allowed.".formatted(events.size(), MOST_EVENTS));
        }
        return events;
    }

    /** Empty if the field is absent, null or empty. */
    static CustomHeaders headers(JsonObject body) {
        var object = body.object(HEADERS, "{\"X-Team\": \"social\"}");
        if (object == null) {
            return CustomHeaders.NONE;
        }
        var names = object.names().toList();
        if (names.size() > CustomHeaders.MOST) {
            throw body.invalid(
                    HEADERS,
                    "headers has %d entries; at most %d are allowed.".formatted(names.size(), CustomHeaders.MOST));
        }
        var headers = new LinkedHashMap<String, String>();
        for (var name : names) {
            var value = object.text(name, LONGEST_TEXT);
            if (value == null) {
                throw object.invalid(name, "A header's value must be a string; you sent null. Leave the header out.");
            }
            headers.put(name, value);
        }
        return new CustomHeaders(headers);
    }

    static @Nullable Integer maxPerSecond(JsonObject body) {
        return body.whole(MAX_PER_SECOND, 1, EndpointDraft.FASTEST);
    }

    /** Null if the field is absent. */
    static @Nullable ApiVersion apiVersion(JsonObject body) {
        var name = body.text(API_VERSION, LONGEST_WORD, ApiVersion.NEWEST_NAME);
        return name == null
                ? null
                : ApiVersion.find(name)
                        .orElseThrow(() -> body.invalid(
                                API_VERSION,
                                "There is no API version %s; available: %s."
                                        .formatted(SafeQuote.of(name), ApiVersion.listed())));
    }
}
