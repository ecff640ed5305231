package dev.carillon.core.publication;

import static java.util.stream.Collectors.toMap;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PostId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Singleton
public class PostProgressQueries {
    private static final String LOCK = """
            SELECT id, status, publish_at, coalesce(api_key_id, live_api_key_id) AS api_key_id, metadata, created_at FROM post
            WHERE id = ANY (?::uuid[]) ORDER BY id FOR UPDATE
            """;
    // The posts are locked by LOCK.
    private static final String MOVE = """
            UPDATE post SET status = moved.status, updated_at = moved.at
            FROM unnest(?::uuid[], ?::text[], ?::timestamptz[]) AS moved (id, status, at)
            WHERE post.id = moved.id
            """;
    private static final String MOVE_TO_IN_PROGRESS = """
            UPDATE post SET status = 'in_progress', updated_at = coalesce(clock.shows, ?)
            FROM (SELECT id, workspace_id, livemode FROM post WHERE id = ANY (?::uuid[]) AND status <> 'in_progress'
                  ORDER BY id FOR UPDATE) AS begun
            LEFT JOIN test_clock AS clock ON clock.workspace_id = begun.workspace_id AND clock.attached AND NOT begun.livemode
            WHERE post.id = begun.id
            """;
    private static final String CONTENT = """
            SELECT post_id, number, content
            FROM (SELECT DISTINCT * FROM unnest(?::uuid[], ?::bigint[]) AS asked (post, revision)) AS wanted
            JOIN post_revision ON post_id = wanted.post AND number = wanted.revision
            """;

    private final Sql sql;
    private final Json json;

    PostProgressQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /** The data of a post that its events need. */
    record Head(
            PostId id,
            PostStatus status,
            @Nullable Instant publishAt,
            @Nullable ApiKeyId apiKey,
            Map<String, Object> metadata,
            Instant createdAt) {}

    /** The new status of a locked post. */
    record Move(PostId post, PostStatus status, Instant at) {}

    /** One revision of one post. */
    public record RevisionId(PostId post, int number) {
        public static RevisionId of(Publication publication) {
            return new RevisionId(publication.post(), publication.revision());
        }
    }

    private record Revision(RevisionId id, RevisionContent content) {}

    List<Head> lock(Collection<PostId> posts) {
        return sql.of(LOCK, posts)
                .list(row -> new Head(
                        row.id("id", PostId.KIND),
                        PostStatus.named(row.text("status")),
                        row.instantOrNull("publish_at"),
                        row.idOrNull("api_key_id", ApiKeyId.KIND),
                        json.readObject(row.text("metadata")),
                        row.instant("created_at")));
    }

    void move(List<Move> moves) {
        if (!moves.isEmpty()) {
            sql.of(
                            MOVE,
                            Sql.column(moves, Move::post),
                            Sql.column(moves, move -> move.status().wireName()),
                            Sql.column(moves, Move::at))
                    .update();
        }
    }

    void moveToInProgress(Collection<PostId> posts, Instant now) {
        sql.of(MOVE_TO_IN_PROGRESS, now, posts).update();
    }

    public Map<RevisionId, RevisionContent> contents(List<Publication> publications) {
        return sql
                .of(
                        CONTENT,
                        Sql.column(publications, Publication::post),
                        Sql.column(publications, Publication::revision))
                .list(row -> new Revision(
                        new RevisionId(row.id("post_id", PostId.KIND), row.integer("number")),
                        json.read(row.text("content"), RevisionContent.class)))
                .stream()
                .collect(toMap(Revision::id, Revision::content));
    }
}
