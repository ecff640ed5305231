package dev.carillon.core.publication;

import java.util.Locale;

/** Why a publication is kept back. */
public enum HoldReason {
    /** The platform no longer lets us act for the account: connect it again. */
    RECONNECT,
    /** The account was disconnected. */
    ACCOUNT_DISCONNECTED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HoldReason named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
