package dev.carillon.core.post;

import dev.carillon.core.publication.duplicate.ContentGuard.NearPublication;
import java.util.List;
import java.util.function.IntFunction;

/** An accepted post, with warnings that its caller may want to see. */
public record AcceptedPost(Post post, List<Warning> warnings) {
    private static final String SAME_MINUTE = "publish_time_close";

    public AcceptedPost {
        warnings = List.copyOf(warnings);
    }

    /**
     * Something that was accepted but may be a mistake.
     *
     * @param code the stable name to branch on
     * @param pointer a JSON pointer into the request body
     */
    public record Warning(String code, String pointer, String message) {}

    /**
     * Puts the warnings into words.
     *
     * @param pointerOf maps a publication's position to a JSON pointer to the part of the request that it comes from
     */
    static AcceptedPost of(Post post, List<NearPublication> near, IntFunction<String> pointerOf) {
        return new AcceptedPost(
                post, near.stream().map(each -> warning(each, pointerOf)).toList());
    }

    private static Warning warning(NearPublication near, IntFunction<String> pointerOf) {
        return new Warning(
                SAME_MINUTE,
                pointerOf.apply(near.position()),
                "Publication %s has nearly the same time on the same account: %s."
                        .formatted(near.publication(), near.at()));
    }
}
