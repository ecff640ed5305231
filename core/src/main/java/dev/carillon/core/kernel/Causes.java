package dev.carillon.core.kernel;

import java.util.stream.Stream;

/** What led to a fault. */
public final class Causes {
    /** Causes may go round in a circle. */
    private static final int DEEPEST = 20;

    private Causes() {}

    /** The fault itself, its cause, that one's cause and so on. */
    public static Stream<Throwable> of(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
