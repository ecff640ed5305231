package dev.carillon.core.event;

import java.util.Locale;

/** The direction in which the log is read. */
public enum EventOrder {
    /** Oldest first. */
    ASC,
    /** Newest first. */
    DESC;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sql() {
        return name();
    }
}
