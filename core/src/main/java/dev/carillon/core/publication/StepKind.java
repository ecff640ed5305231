package dev.carillon.core.publication;

import java.util.Locale;

/** What can happen to a publication beside its attempts. */
enum StepKind {
    /** The platform was asked about an outcome in doubt. */
    LOOK_UP,
    /** Somebody said what became of it. */
    RESOLVED,
    /** Somebody wants the platform asked now. */
    RECONCILE_REQUESTED,
    /** Somebody wants it tried again. */
    RETRY_REQUESTED,
    /** Somebody gave it a new time after it was missed. */
    RESCHEDULED,
    CANCELED,
    /** Somebody changed what it says, or when it goes out. */
    EDITED,
    /** A worker had it and could not begin: a limit is to pass, or a host to come back. */
    PUT_OFF,
    /** Somebody wants it gone from the platform. */
    DELETE_REQUESTED,
    DELETED,
    /** The platform would not delete it, or could not be reached for too long. */
    DELETE_FAILED,
    /** The platform was asked whether it still stands, and not by the routine that finds it there. */
    CHECKED,
    /** It no longer stands on the platform. */
    VANISHED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
