package dev.carillon.api.sandbox;

import dev.carillon.api.input.Sorted;
import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of what the sandbox platform accepted, newest first.
 *
 * @param object always {@code list}
 * @param total how many posts the platform has ever accepted for the account or the workspace, including deleted ones
 * @param nextCursor what to send as {@code cursor} for the next page; null on the last page
 */
@Wire
record SandboxPostsResponse(
        String object,
        List<SandboxPost> data,
        boolean hasMore,
        @Nullable String nextCursor,
        long total) {

    /**
     * A post on the sandbox platform.
     *
     * @param id the platform's id of the post
     * @param object always {@code sandbox_post}
     * @param permalink where a person can see it
     * @param platform the platform that is simulated
     * @param publicationId the publication that it belongs to
     * @param replyTo the platform's id of the post that it replies to
     * @param deletedAt null while it exists
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
