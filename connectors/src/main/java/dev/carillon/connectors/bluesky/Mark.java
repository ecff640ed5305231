package dev.carillon.connectors.bluesky;

/** A part of a text that Bluesky shows as more than text. {@code from} and {@code to} count Java's characters. */
sealed interface Mark {
    int from();

    int to();

    record Link(int from, int to, String uri) implements Mark {}

    /** Somebody, by handle; who that is has to be asked. */
    record Mention(int from, int to, String handle) implements Mark {}

    record Tag(int from, int to, String tag) implements Mark {}
}
