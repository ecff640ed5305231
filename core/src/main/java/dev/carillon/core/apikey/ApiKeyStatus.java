package dev.carillon.core.apikey;

import java.util.Locale;

/** Whether a key is accepted. */
public enum ApiKeyStatus {
    ACTIVE,
    /** Its agent is disabled. */
    DISABLED,
    EXPIRED,
    REVOKED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ApiKeyStatus of(boolean revoked, boolean expired, boolean agentDisabled) {
        if (revoked) {
            return REVOKED;
        }
        if (expired) {
            return EXPIRED;
        }
        return agentDisabled ? DISABLED : ACTIVE;
    }
}
