package dev.carillon.core.publication;

import java.util.Arrays;
import java.util.Locale;

/** The states of a publication, by the names that callers and the database see. */
public enum PublicationStatus {
    DRAFT,
    PENDING_APPROVAL,
    /** Waits for its time; a worker may have claimed it, and nothing has been sent. */
    SCHEDULED,
    HELD,
    /** Marked: the irreversible call may have been made. */
    PUBLISHING,
    /** The platform has it and is still working. */
    PROCESSING,
    PUBLISHED,
    FAILED,
    /** It may or may not be there; the platform is being asked. */
    OUTCOME_UNKNOWN,
    MISSED,
    CANCELED;

    /** Whether nothing will change it any more. */
    public boolean isTerminal() {
        return switch (this) {
            case PUBLISHED, FAILED, MISSED, CANCELED -> true;
            case DRAFT, PENDING_APPROVAL, SCHEDULED, HELD, PUBLISHING, PROCESSING, OUTCOME_UNKNOWN -> false;
        };
    }

    /** Whether it stays as it is until somebody does something, or until the platform is asked what happened. */
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
