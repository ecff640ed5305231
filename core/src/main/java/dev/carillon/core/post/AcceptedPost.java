package dev.carillon.core.post;

import dev.carillon.core.publication.ContentGuard.NearPublication;
import java.util.List;
import java.util.function.IntFunction;

/** A post that stands, with what its caller may want to know about it. */
public record AcceptedPost(Post post, List<Warning> warnings) {
    private static final String SAME_MINUTE = "publish_time_close";

    public AcceptedPost {
        warnings = List.copyOf(warnings);
    }

    /**
     * Something that was accepted and may not be meant.
     *
     * @param code the stable name to branch on
     * @param pointer a JSON pointer into the request's body
     */
    public record Warning(String code, String pointer, String message) {}

    /**
     * Puts the warnings into words.
     *
     * @param pointerOf where in the request is said what a publication of this position says
     */
    static AcceptedPost of(Post post, List<NearPublication> near, IntFunction<String> pointerOf) {
        return new AcceptedPost(
                post, near.stream().map(each -> warning(each, pointerOf)).toList());
    }

    private static Warning warning(NearPublication near, IntFunction<String> pointerOf) {
        return new Warning(
                SAME_MINUTE,
                pointerOf.apply(near.position()),
                "%s goes out on the same account at nearly the same time, %s."
                        .formatted(near.publication(), near.at()));
    }
}
