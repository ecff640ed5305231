package dev.carillon.api.webhook;

import dev.carillon.core.webhook.endpoint.CustomHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What creating and changing an endpoint have in common. */
final class EndpointFields {
    static final int LONGEST_URL = 2_000;
    static final int MOST_EVENTS = 100;

    /** The longest text that is read at all; the use case applies the exact limits. */
    static final int LONGEST_TEXT = 10_000;

    /** Valid values, for error messages. */
    static final String URL_EXAMPLE = "https://example.com/webhooks";

    static final String EVENT_EXAMPLE = "publication.published";
    static final String HEADERS_EXAMPLE = "{\"X-Team\": \"social\"}";

    private EndpointFields() {}

    /** No headers if there are none. */
    static CustomHeaders headers(@Nullable Map<String, String> headers) {
        return headers == null ? CustomHeaders.NONE : new CustomHeaders(headers);
    }
}
