package dev.carillon.core.webhook;

import java.util.Locale;

/** Whether an endpoint gets events. */
public enum EndpointStatus {
    ENABLED,
    /** Nothing is sent to it; what it would have been sent is kept as skipped deliveries. */
    DISABLED,
    /** The workspace removed it; only its past deliveries remember it. */
    DELETED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EndpointStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
