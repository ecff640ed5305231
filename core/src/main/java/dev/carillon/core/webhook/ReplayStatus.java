package dev.carillon.core.webhook;

import java.util.Locale;

/** How far a replay has come. */
public enum ReplayStatus {
    /** It goes through the log. */
    RUNNING,
    /** It has been through all of it; what it queued may still wait for its try. */
    DONE,
    CANCELED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReplayStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
