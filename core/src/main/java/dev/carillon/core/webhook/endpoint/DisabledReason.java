package dev.carillon.core.webhook.endpoint;

import java.util.Locale;

/** Why an endpoint is disabled. */
public enum DisabledReason {
    /** Its server answered 410. */
    GONE,
    /** Nothing has arrived there for days. */
    FAILING,
    /** A caller of the workspace disabled it. */
    REQUESTED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DisabledReason named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
