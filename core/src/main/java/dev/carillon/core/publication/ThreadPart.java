package dev.carillon.core.publication;

import io.micronaut.serde.annotation.Serdeable;

/** The content of one part of a thread, after the post itself. */
@Serdeable
public record ThreadPart(String text) {
    /** Leaves out the text, which must not appear in logs. */
    @Override
    public String toString() {
        return "ThreadPart[]";
    }
}
