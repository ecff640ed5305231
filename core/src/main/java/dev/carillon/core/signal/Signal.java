package dev.carillon.core.signal;

/** Hints that there may be something to do. */
public enum Signal {
    /** A publication may be due. */
    PUBLICATIONS_DUE,
    /** Events were committed and need numbers. */
    EVENTS_RECORDED,
    /** A delivery may be due. */
    DELIVERIES_DUE,
    /** A key was revoked or rotated, or an agent was enabled or disabled. */
    API_KEYS_CHANGED,
    /** A session was ended. */
    SESSIONS_CHANGED,
    /** A member was added, removed, or given another role. */
    MEMBERS_CHANGED,
    /** A test clock shows another time, or is to be advanced. */
    TEST_CLOCK_MOVED
}
