package dev.carillon.core.publication;

import java.util.Arrays;
import java.util.Locale;

/** The states of a publication. Their names are the same in the API and in the database. */
public enum PublicationStatus {
    DRAFT,
    PENDING_APPROVAL,
    /** Waits for its time. A worker may have claimed it, but nothing has been sent. */
    SCHEDULED,
    HELD,
    /** An attempt has started: the irreversible call may have been made. */
    PUBLISHING,
    /** The platform has accepted it and is still processing it. */
    PROCESSING,
    PUBLISHED,
    FAILED,
    /** The post may or may not be on the platform, which is being asked. */
    OUTCOME_UNKNOWN,
    MISSED,
    CANCELED;

    /** Whether this is a final state. */
    public boolean isTerminal() {
        return switch (this) {
            case PUBLISHED, FAILED, MISSED, CANCELED -> true;
            case DRAFT, PENDING_APPROVAL, SCHEDULED, HELD, PUBLISHING, PROCESSING, OUTCOME_UNKNOWN -> false;
        };
    }

    /** Whether it stays as it is until a caller acts, or until the platform is asked what happened. */
    public boolean rests() {
        return switch (this) {
            case DRAFT, PENDING_APPROVAL, HELD, OUTCOME_UNKNOWN, PUBLISHED, FAILED, MISSED, CANCELED -> true;
            case SCHEDULED, PUBLISHING, PROCESSING -> false;
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PublicationStatus named(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no publication status " + wireName));
    }
}
