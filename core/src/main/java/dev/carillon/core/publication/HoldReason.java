package dev.carillon.core.publication;

import java.util.Locale;

/** Why a publication is held. */
public enum HoldReason {
    /** The platform no longer allows Carillon to act for the account: connect it again. */
    RECONNECT,
    /** The account was disconnected. */
    ACCOUNT_DISCONNECTED,
    /** It continues a thread, and the part before it is not published yet. */
    WAITING_FOR_PARENT,
    /** It continues a thread, and an earlier part has ended without being published. */
    PARENT_NOT_PUBLISHED;

    /** Whether the reason is the thread and not the account. */
    public boolean isOfThread() {
        return switch (this) {
            case WAITING_FOR_PARENT, PARENT_NOT_PUBLISHED -> true;
            case RECONNECT, ACCOUNT_DISCONNECTED -> false;
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HoldReason named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
