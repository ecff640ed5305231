package dev.carillon.core.webhook;

import java.util.Locale;

/** Whose an endpoint is. */
public enum EndpointKind {
    /** The workspace made it, and chose what it gets. */
    ENDPOINT,
    /** Posts name it as their {@code webhook_url}; it gets their events, and no list shows it. */
    POST_CALLBACK;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EndpointKind named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
