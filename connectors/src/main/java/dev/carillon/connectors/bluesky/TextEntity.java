package dev.carillon.connectors.bluesky;

/** A link, mention or hashtag in a text. {@code from} and {@code to} count Java's characters. */
sealed interface TextEntity {
    int from();

    int to();

    record Link(int from, int to, String uri) implements TextEntity {}

    /** A mention by handle, which still has to be resolved. */
    record Mention(int from, int to, String handle) implements TextEntity {}

    record Tag(int from, int to, String tag) implements TextEntity {}
}
