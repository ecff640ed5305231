package dev.carillon.core.platformcommand;

import java.util.Locale;

/** The kinds of platform commands. */
public enum PlatformCommandKind {
    /** Ask the platform now what happened to a publication, or whether the post still exists. */
    RECONCILE,
    /** Delete the post from the platform. */
    DELETE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PlatformCommandKind named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
