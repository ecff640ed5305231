package dev.carillon.api.post;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.publication.ThreadPart;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a thread: the parts that continue a post. */
final class ThreadFields {
    static final String THREAD = "thread";
    private static final String TEXT = "text";

    private ThreadFields() {}

    /** Null if the field is absent, which differs from an empty thread. */
    static @Nullable List<ThreadPart> read(JsonObject body) {
        return body.value(THREAD) == null
                ? null
                : body.objects(THREAD, "{\"text\": \"Hello\"}").stream()
                        .map(ThreadFields::part)
                        .toList();
    }

    private static ThreadPart part(JsonObject part) {
        part.only(Set.of(TEXT), Set.of("media"));
        var text = part.text(TEXT, CreatePostRequest.LONGEST_TEXT);
        return new ThreadPart(text == null ? "" : text);
    }
}
