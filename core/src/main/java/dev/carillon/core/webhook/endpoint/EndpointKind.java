package dev.carillon.core.webhook.endpoint;

import java.util.Locale;

/** How an endpoint was created. */
public enum EndpointKind {
    /** The workspace created it, and chose its events. */
    ENDPOINT,
    /** Posts name it as their {@code webhook_url}; it receives their events and does not appear in lists. */
    POST_CALLBACK;

    public static EndpointKind named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
