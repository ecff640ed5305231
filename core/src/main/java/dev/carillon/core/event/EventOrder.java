package dev.carillon.core.event;

import java.util.Locale;

/** In which direction the log is read. */
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
