package dev.carillon.core.publication;

import io.micronaut.serde.annotation.Serdeable;

/** What one part of a thread says, after the post itself. */
@Serdeable
public record ThreadPart(String text) {
    /** The text of a post is nobody's business in a log. */
    @Override
    public String toString() {
        return "ThreadPart[]";
    }
}
