package dev.carillon.core.webhook.replay;

import java.util.Locale;

/** Why a replay was canceled. */
public enum ReplayEnd {
    /** A caller canceled it. */
    REQUESTED,
    ENDPOINT_DISABLED,
    ENDPOINT_DELETED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReplayEnd named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
