package dev.carillon.core.webhook;

import java.util.Locale;

/** Whether an endpoint gets events. */
public enum EndpointStatus {
    ENABLED,
    /** Its server said that it is gone; nothing is sent to it any more. */
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
