package dev.carillon.core.limit;

import java.util.Locale;

/** What requests are counted as: a plan has a rate for each. */
public enum Operation {
    /** Looks at something. */
    READ,
    /** Changes something that has no operation of its own. */
    WRITE,
    /** Makes a post. */
    POST,
    /** Makes up to a hundred posts. */
    BATCH,
    /** Changes who may do what, or asks for something that is dear to answer. */
    ADMIN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
