package dev.carillon.core.publication;

import java.util.Locale;

/** Why a publication is kept back. */
public enum HoldReason {
    /** The platform no longer lets us act for the account: connect it again. */
    RECONNECT,
    /** The account was disconnected. */
    ACCOUNT_DISCONNECTED,
    /** It goes on a thread, and the part before it is not published yet. */
    WAITING_FOR_PARENT,
    /** It goes on a thread, and the part before it, or one before that, has ended without being published. */
    PARENT_NOT_PUBLISHED;

    /** Whether its account has nothing to do with it: it goes where its thread goes. */
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
