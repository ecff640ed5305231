package dev.carillon.core.publication;

import java.util.Locale;

/** What can happen to a publication besides its attempts. */
public enum StepKind {
    /** The platform was asked about an unknown outcome. */
    LOOK_UP,
    /** A caller reported its outcome. */
    RESOLVED,
    /** A caller requested that the platform be asked now. */
    RECONCILE_REQUESTED,
    /** A caller requested a retry. */
    RETRY_REQUESTED,
    /** A caller gave it a new time after it was missed. */
    RESCHEDULED,
    CANCELED,
    /** A caller changed its content or its time. */
    EDITED,
    /** A worker claimed it and deferred it, because of a limit or because its host is down. */
    DEFERRED,
    /** A caller requested its deletion from the platform. */
    DELETE_REQUESTED,
    DELETED,
    /** The platform refused to delete it, or could not be reached for too long. */
    DELETE_FAILED,
    /** The platform was asked whether it still exists. Not recorded if a scheduled check finds it. */
    CHECKED,
    /** It no longer exists on the platform. */
    VANISHED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
