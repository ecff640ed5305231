package dev.carillon.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON shapes in which posts are answered; absent values are written as null. */
final class PostReplies {
    private PostReplies() {}

    /** Told to whoever sent the post. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Accepted(String id, String url, Instant createdAt) {
        static Accepted of(SandboxPost post, Permalinks permalinks) {
            return new Accepted(String.valueOf(post.id()), permalinks.url(post), post.createdAt());
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Listed(
            String id,
            String url,
            String platform,
            String text,
            String clientKey,
            @Nullable String replyTo,
            JsonNode settings,
            Instant createdAt,
            @Nullable Instant deletedAt) {
        static Listed of(SandboxPost post, Permalinks permalinks) {
            var content = post.content();
            return new Listed(
                    String.valueOf(post.id()),
                    permalinks.url(post),
                    content.platform(),
                    content.text(),
                    content.clientKey(),
                    content.replyTo(),
                    content.settings(),
                    post.createdAt(),
                    post.deletedAt());
        }
    }

    /** What anybody sees who looks at the account. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Recent(String id, String url, String text, Instant createdAt) {
        static Recent of(SandboxPost post, Permalinks permalinks) {
            return new Recent(
                    String.valueOf(post.id()),
                    permalinks.url(post),
                    post.content().text(),
                    post.createdAt());
        }
    }

    /**
     * Some of the posts of a stretch of time.
     *
     * @param nextCursor null on the last page
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RecentPage(List<Recent> data, @Nullable String nextCursor) {}

    /** All posts with one client key. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Matches(List<Listed> data) {}

    /**
     * One page of an account's posts.
     *
     * @param total how many posts of the account were ever accepted, on all pages, deleted ones included
     * @param nextCursor null on the last page
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Page(List<Listed> data, long total, @Nullable String nextCursor) {}
}
