package dev.carillon.core.publication;

import dev.carillon.core.kernel.PublicationId;
import org.jspecify.annotations.Nullable;

/**
 * A publication's place in a thread.
 *
 * @param root the first publication of the thread; for the first, its own id
 * @param parent the publication before it, which it waits for and replies to; null for the first
 * @param part 0 for the first
 */
public record ThreadPlace(PublicationId root, @Nullable PublicationId parent, int part) {
    public ThreadPlace {
        if ((parent == null) != (part == 0)) {
            throw new IllegalArgumentException("only the first part of a thread has no part before it");
        }
    }
}
