package dev.carillon.api.post;

import dev.carillon.api.post.CreatePostRequest.Part;
import dev.carillon.core.publication.ThreadPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a thread: the parts that continue a post. */
final class ThreadFields {
    private ThreadFields() {}

    /** Null if the field is absent, which differs from an empty thread. */
    static @Nullable List<ThreadPart> parts(@Nullable List<Part> thread) {
        return thread == null
                ? null
                : thread.stream().map(part -> new ThreadPart(part.text())).toList();
    }
}
