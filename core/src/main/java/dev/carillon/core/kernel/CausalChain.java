package dev.carillon.core.kernel;

import java.util.stream.Stream;

/** The chain of causes of an exception. */
public final class CausalChain {
    /** Causes can form a cycle. */
    private static final int DEEPEST = 20;

    private CausalChain() {}

    /** The exception itself, its cause, the cause of that, and so on. */
    public static Stream<Throwable> of(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
