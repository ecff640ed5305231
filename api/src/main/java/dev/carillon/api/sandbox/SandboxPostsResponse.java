package dev.carillon.api.sandbox;

import dev.carillon.api.http.Sorted;
import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of what the sandbox platform accepted, newest first.
 *
 * @param object always {@code list}
 * @param total how many posts the platform ever accepted for the account, or the workspace, deleted ones included
 * @param nextCursor what to send as {@code cursor} for the next part; null at the end
 */
@Wire
record SandboxPostsResponse(
        String object,
        List<SandboxPost> data,
        boolean hasMore,
        @Nullable String nextCursor,
        long total) {

    /**
     * A post over there.
     *
     * @param id the platform's id of it
     * @param object always {@code sandbox_post}
     * @param permalink where a person can look at it
     * @param platform the platform that is played
     * @param publicationId where it came from
     * @param replyTo the platform's id of the post that it answers
     * @param deletedAt null while it stands
     */
    @Wire
    record SandboxPost(
            String id,
            String object,
            String accountId,
            String platform,
            String publicationId,
            String text,
            Map<String, Object> settings,
            String permalink,
            @Nullable String replyTo,
            boolean livemode,
            Instant createdAt,
            @Nullable Instant deletedAt) {}

    static SandboxPostsResponse of(SandboxPosts.Posts posts) {
        var next = posts.nextCursor();
        return new SandboxPostsResponse(
                "list",
                posts.data().stream().map(SandboxPostsResponse::view).toList(),
                next != null,
                next,
                posts.total());
    }

    private static SandboxPost view(SandboxPosts.Post post) {
        return new SandboxPost(
                post.id(),
                "sandbox_post",
                post.account(),
                post.platform(),
                post.clientKey(),
                post.text(),
                Sorted.byKey(post.settings()),
                post.url(),
                post.replyTo(),
                false,
                post.createdAt(),
                post.deletedAt());
    }
}
