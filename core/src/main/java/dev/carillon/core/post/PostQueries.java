package dev.carillon.core.post;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.pacing.MisfirePolicy;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.RevisionContent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
public class PostQueries {
    private static final String ADD = """
            INSERT INTO post (id, workspace_id, livemode, status, revision, publish_at, grace_seconds, misfire_policy, sandbox, api_key_id,
                              live_api_key_id, member_id, callback_endpoint_id, metadata, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String ADD_REVISION = """
            INSERT INTO post_revision (post_id, number, workspace_id, livemode, content, publish_at, accounts, publications, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    // A key never changes its agent, and a callback never changes its address.
    private static final String LOOKED_UP = """
            (SELECT agent_id FROM api_key WHERE id = coalesce(post.api_key_id, post.live_api_key_id)) AS agent_id,
            (SELECT url FROM webhook_endpoint WHERE id = post.callback_endpoint_id) AS webhook_url""";
    private static final String FIND = """
            SELECT post.*, content, %s FROM post
            JOIN post_revision ON post_id = post.id AND number = revision
            WHERE post.id = ? AND post.workspace_id = ? AND post.livemode = ?
            """.formatted(LOOKED_UP);
    private static final String OF_IDS = """
            SELECT post.*, content, %s FROM post
            JOIN post_revision ON post_id = post.id AND number = revision
            WHERE post.id = ANY (?::uuid[])
            ORDER BY post.id DESC
            """.formatted(LOOKED_UP);
    private static final String LOCK = FIND + " FOR UPDATE OF post";
    private static final String REVISE = """
            UPDATE post SET revision = ?, status = ?, publish_at = ?, grace_seconds = ?, misfire_policy = ?, metadata = ?, updated_at = ?
            WHERE id = ?
            """;
    private static final String MOVE = """
            UPDATE post SET publish_at = ?, updated_at = ?
            WHERE id = ? AND NOT EXISTS (SELECT FROM publication WHERE post_id = ? AND publish_at IS DISTINCT FROM ?)
            """;

    private final Sql sql;
    private final Json json;

    PostQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /**
     * Writes a new post.
     *
     * @param callback the endpoint of its {@code webhookUrl}; null if it has none
     */
    void add(Post post, @Nullable WebhookEndpointId callback) {
        var tenant = post.tenant();
        sql.of(
                        ADD,
                        post.id(),
                        tenant.workspace(),
                        tenant.mode(),
                        post.status().wireName(),
                        post.revision(),
                        post.publishAt(),
                        seconds(post.late().grace()),
                        word(post.late().misfirePolicy()),
                        post.sandbox(),
                        post.sandbox() ? null : post.creator().key(),
                        post.sandbox() ? post.creator().key() : null,
                        post.creator().member(),
                        callback,
                        new Jsonb(json.write(post.metadata())),
                        post.createdAt(),
                        post.updatedAt())
                .later();
        addRevision(post, post.createdAt());
    }

    /** The post without its publications, locked. A caller that also locks the publications must do so first. */
    Optional<Post> lock(Tenant tenant, PostId id) {
        return sql.of(LOCK, id, tenant.workspace(), tenant.mode()).first(this::post);
    }

    /** Writes another revision of a locked post. */
    void revise(Post post) {
        addRevision(post, post.updatedAt());
        sql.of(
                        REVISE,
                        post.revision(),
                        post.status().wireName(),
                        post.publishAt(),
                        seconds(post.late().grace()),
                        word(post.late().misfirePolicy()),
                        new Jsonb(json.write(post.metadata())),
                        post.updatedAt(),
                        post.id())
                .update();
    }

    private void addRevision(Post post, Instant at) {
        var tenant = post.tenant();
        sql.of(
                        ADD_REVISION,
                        post.id(),
                        post.revision(),
                        tenant.workspace(),
                        tenant.mode(),
                        new Jsonb(json.write(post.content())),
                        post.publishAt(),
                        post.publications().stream()
                                .filter(publication -> publication.part() == 0)
                                .count(),
                        post.publications().size(),
                        at)
                .later();
    }

    /** Finds the post without its publications. */
    Sql.Bound finding(Tenant tenant, PostId id) {
        return sql.of(FIND, id, tenant.workspace(), tenant.mode());
    }

    /** Finds posts without their publications, newest first. */
    Sql.Bound finding(List<PostId> ids) {
        return sql.of(OF_IDS, ids);
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private static @Nullable String word(@Nullable MisfirePolicy choice) {
        return choice == null ? null : choice.wireName();
    }

    private static LateWish late(Row row) {
        var grace = row.integerOrNull("grace_seconds");
        var misfirePolicy = row.textOrNull("misfire_policy");
        return new LateWish(
                grace == null ? null : Duration.ofSeconds(grace),
                misfirePolicy == null
                        ? null
                        : MisfirePolicy.named(misfirePolicy).orElseThrow());
    }

    /** Sets the post's own time to that of its publications, once they all have the same time. */
    void move(PostId post, Instant publishAt, Instant now) {
        sql.of(MOVE, publishAt, now, post, post, publishAt).update();
    }

    Post post(Row row) {
        return new Post(
                row.id("id", PostId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                PostStatus.named(row.text("status")),
                row.integer("revision"),
                json.read(row.text("content"), RevisionContent.class),
                row.instantOrNull("publish_at"),
                late(row),
                row.truth("sandbox"),
                row.textOrNull("webhook_url"),
                new PostCreator(
                        row.idOrNull(row.truth("sandbox") ? "live_api_key_id" : "api_key_id", ApiKeyId.KIND),
                        row.idOrNull("member_id", MemberId.KIND),
                        row.idOrNull("agent_id", AgentId.KIND)),
                json.readObject(row.text("metadata")),
                List.of(),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
