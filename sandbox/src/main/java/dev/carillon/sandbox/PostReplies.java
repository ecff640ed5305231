package dev.carillon.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON shapes of posts in replies; absent values are written as null. */
final class PostReplies {
    private PostReplies() {}

    /** The reply to the sender of a post. */
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
            String account,
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
                    post.account(),
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

    /** The view of a post for anyone who looks at the account. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Recent(
            String id, String url, String text, @Nullable String replyTo, Instant createdAt) {
        static Recent of(SandboxPost post, Permalinks permalinks) {
            return new Recent(
                    String.valueOf(post.id()),
                    permalinks.url(post),
                    post.content().text(),
                    post.content().replyTo(),
                    post.createdAt());
        }
    }

    /**
     * A page of the posts of a period.
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
     * One page of the posts of an account or a workspace.
     *
     * @param total how many of its posts were ever accepted, on all pages, including deleted ones
     * @param nextCursor null on the last page
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Page(List<Listed> data, long total, @Nullable String nextCursor) {
        /** Drops the one extra post that was read to see whether there is a next page. */
        static Page of(List<SandboxPost> oneMore, int limit, long total, Permalinks permalinks) {
            var shown = oneMore.stream().limit(limit).toList();
            var next = oneMore.size() > limit ? String.valueOf(shown.getLast().id()) : null;
            return new Page(
                    shown.stream().map(post -> Listed.of(post, permalinks)).toList(), total, next);
        }
    }

    /** The reply to the sender of a post that is still being processed. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Taken(String ticket, long askAfterSeconds) {}

    /**
     * The progress of such a post.
     *
     * @param status processing, published or rejected
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Progress(
            String status,
            @Nullable Long askAfterSeconds,
            @Nullable String id,
            @Nullable String url,
            @Nullable String message) {
        static Progress askAfter(Duration left) {
            return new Progress("processing", wholeSeconds(left), null, null, null);
        }

        static Progress published(SandboxPost post, Permalinks permalinks) {
            return new Progress("published", null, String.valueOf(post.id()), permalinks.url(post), null);
        }

        static Progress rejected(String message) {
            return new Progress("rejected", null, null, null, message);
        }
    }

    /** Rounded up, because a caller that asks earlier finds it not ready. */
    static long wholeSeconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
