package dev.carillon.core.webhook.delivery;

import java.util.Locale;

/** The status of a delivery. */
public enum DeliveryStatus {
    /** Waits for its next attempt, or is being sent. */
    SCHEDULED,
    DELIVERED,
    /** No more attempts: the retries are used up, or the endpoint is gone. */
    FAILED,
    /** The endpoint stopped receiving events before this one arrived. */
    SKIPPED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DeliveryStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
