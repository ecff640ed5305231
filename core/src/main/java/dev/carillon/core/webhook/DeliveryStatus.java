package dev.carillon.core.webhook;

import java.util.Locale;

/** How far one event has come on its way to one endpoint. */
public enum DeliveryStatus {
    /** Waits for its next try, or is being tried. */
    SCHEDULED,
    DELIVERED,
    /** Nobody tries again: the retries are used up, or the endpoint is gone. */
    FAILED,
    /** The endpoint stopped getting events before this one arrived. */
    SKIPPED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
