package dev.carillon.core.signal;

/** What may be worth a look. */
public enum Signal {
    /** A publication may be due. */
    PUBLICATIONS_DUE,
    /** Events were committed and want numbers. */
    EVENTS_RECORDED,
    /** A delivery may be due. */
    DELIVERIES_DUE,
    /** An errand has ended. */
    ERRANDS_ENDED,
    /** A key was revoked or rotated, or an agent was switched. */
    API_KEYS_CHANGED,
    /** A session was ended. */
    SESSIONS_CHANGED,
    /** A member came, went, or has another role. */
    MEMBERS_CHANGED,
    /** A test clock shows another time, or is to be moved. */
    TEST_CLOCK_MOVED
}
