package dev.carillon.core.webhook.endpoint;

import java.util.Locale;

/** Whether an endpoint receives events. */
public enum EndpointStatus {
    ENABLED,
    /** Nothing is sent to it; its deliveries are kept as skipped. */
    DISABLED,
    /** The workspace deleted it; only its past deliveries still refer to it. */
    DELETED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EndpointStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
