package dev.carillon.core.post;

import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.post.TargetResolver.ResolvedPost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new post, or another revision of one, that has passed all checks and can be written.
 *
 * @param post with its publications, which are priced
 * @param now business time
 * @param source what the caller asked for
 * @param callback the endpoint of a new post's {@code webhookUrl}; null if it has none, and for a revision, which keeps
 *     that of its post
 */
record PreparedPost(
        Post post,
        Instant now,
        ResolvedPost source,
        @Nullable WebhookEndpointId callback) {
    boolean allowDuplicate() {
        return source.draft().allowDuplicate();
    }

    /** A JSON pointer to the target or thread part that the publication at this position comes from. */
    String pointerOf(int position) {
        return source.pointerOf(position);
    }
}
