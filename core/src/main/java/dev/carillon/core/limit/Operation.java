package dev.carillon.core.limit;

import java.util.Locale;

/** The kinds of request that are counted; a plan has a rate for each. */
public enum Operation {
    /** Reads something. */
    READ,
    /** Changes something that has no operation of its own. */
    WRITE,
    /** Creates a post. */
    POST,
    /** Creates up to a hundred posts. */
    BATCH,
    /** Changes permissions, or requests something that is expensive to answer. */
    ADMIN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
