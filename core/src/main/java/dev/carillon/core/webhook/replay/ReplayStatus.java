package dev.carillon.core.webhook.replay;

import java.util.Locale;

/** The status of a replay. */
public enum ReplayStatus {
    /** It is reading the log. */
    RUNNING,
    /** It has read its whole part of the log; deliveries that it queued may still wait for their attempt. */
    DONE,
    CANCELED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReplayStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
