package dev.carillon.core.publication;

import dev.carillon.core.kernel.PublicationId;

/**
 * One publication, and the generation at which a process claimed it. A process with an older generation has lost the
 * row.
 */
public record Claim(PublicationId publication, long generation) {
    @Override
    public String toString() {
        return publication + " " + generation;
    }

    /** Reads what {@link #toString()} wrote. */
    public static Claim read(String text) {
        var words = text.split(" ", 2);
        return new Claim(PublicationId.KIND.read(words[0]).orElseThrow(), Long.parseLong(words[1]));
    }
}
