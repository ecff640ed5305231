package dev.carillon.core.usage;

import java.util.Locale;

/** The meters. */
public enum Meter {
    /** One published publication. */
    PUBLICATIONS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
