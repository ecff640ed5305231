package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.sandbox.SandboxApi.Page;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The posts that the sandbox platform accepted, as the API lists them. The caller checks that it may see the account.
 */
@Singleton
public final class SandboxPosts {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Posts NONE = new Posts(List.of(), 0, null);

    private final SandboxApi api;

    SandboxPosts(SandboxApi api) {
        this.api = api;
    }

    /**
     * One page, newest first.
     *
     * @param total how many posts of the account or workspace were ever accepted, including deleted ones
     * @param nextCursor null on the last page
     */
    public record Posts(
            List<Post> data, long total, @Nullable String nextCursor) {
        public Posts {
            data = List.copyOf(data);
        }
    }

    /**
     * A post on the sandbox platform.
     *
     * @param clientKey the id of the publication that it came from
     * @param replyTo the platform's id of the post that it replies to
     * @param deletedAt null while it exists
     */
    public record Post(
            String id,
            String account,
            String url,
            String platform,
            String text,
            String clientKey,
            @Nullable String replyTo,
            Map<String, Object> settings,
            Instant createdAt,
            @Nullable Instant deletedAt) {}

    /**
     * Lists the posts of an account; empty if it has never posted.
     *
     * @param cursor a {@link Posts#nextCursor}
     * @param limit 1 to 100
     * @throws ApiException {@code invalid_cursor}, or {@code platform_unreachable} if the platform does not answer
     */
    public Posts list(AccountId account, Optional<String> cursor, int limit) {
        return read(api.page(account.toString(), cursor, limit, Deadline.in(PATIENCE)));
    }

    /**
     * Lists the posts of all accounts of a workspace.
     *
     * @param cursor a {@link Posts#nextCursor}
     * @param limit 1 to 100
     * @throws ApiException as above
     */
    public Posts list(WorkspaceId workspace, Optional<String> cursor, int limit) {
        return read(api.pageOfWorkspace(workspace, cursor, limit, Deadline.in(PATIENCE)));
    }

    private Posts read(OutboundReply reply) {
        return reply instanceof Answered answer && answer.status() == 404
                ? NONE
                : posts(SandboxReplies.read(api, reply, Page.class));
    }

    private static Posts posts(Page page) {
        return new Posts(page.data().stream().map(SandboxPosts::post).toList(), page.total(), page.nextCursor());
    }

    private static Post post(SandboxApi.Listed listed) {
        return new Post(
                listed.id(),
                listed.account(),
                listed.url(),
                listed.platform(),
                listed.text(),
                listed.clientKey(),
                listed.replyTo(),
                Optional.ofNullable(listed.settings()).orElseGet(Map::of),
                listed.createdAt(),
                listed.deletedAt());
    }
}
