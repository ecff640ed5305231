package dev.carillon.core.errand;

import java.util.Locale;

/** What can be wanted. */
public enum ErrandKind {
    /** The platform is asked now what became of a publication, or whether it stands. */
    RECONCILE,
    /** The platform deletes the post. */
    DELETE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ErrandKind named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
