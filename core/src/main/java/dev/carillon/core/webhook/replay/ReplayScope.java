package dev.carillon.core.webhook.replay;

import java.util.Locale;

/** What a replay sends again. */
public enum ReplayScope {
    /** Deliveries that failed or were skipped. */
    FAILED,
    /** Every event that matches, whether or not it was ever delivered. */
    ALL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReplayScope named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
