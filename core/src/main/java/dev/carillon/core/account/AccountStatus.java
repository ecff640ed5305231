package dev.carillon.core.account;

import java.util.Locale;

/** Whether an account can be published to. */
public enum AccountStatus {
    ACTIVE,
    /** The platform refused our tokens; the account's publications wait until it is connected again. */
    NEEDS_REAUTH,
    /** The workspace disconnected it; its tokens are deleted. */
    DISCONNECTED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccountStatus named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
