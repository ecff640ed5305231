package dev.carillon.core.webhook;

import java.util.Locale;

/** Why an endpoint gets nothing any more. */
public enum DisabledReason {
    /** Its server answered 410. */
    GONE,
    /** Nothing has arrived there for days. */
    FAILING,
    /** Somebody of the workspace asked for it. */
    REQUESTED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DisabledReason named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
