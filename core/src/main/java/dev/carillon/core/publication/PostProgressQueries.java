package dev.carillon.core.publication;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PostId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Singleton
class PostProgressQueries {
    private static final String LOCK = """
            SELECT status, publish_at, metadata, created_at FROM post WHERE id = ? FOR UPDATE
            """;
    private static final String MOVE = """
            UPDATE post SET status = ?, updated_at = ? WHERE id = ?
            """;
    private static final String CONTENT = """
            SELECT content FROM post_revision WHERE post_id = ? AND number = ?
            """;

    private final Sql sql;
    private final Json json;

    PostProgressQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    record Head(PostStatus status, @Nullable Instant publishAt, Map<String, Object> metadata, Instant createdAt) {}

    Head lock(PostId post) {
        return sql.of(LOCK, post)
                .one(row -> new Head(
                        PostStatus.named(row.text("status")),
                        row.instantOrNull("publish_at"),
                        json.readObject(row.text("metadata")),
                        row.instant("created_at")));
    }

    void move(PostId post, PostStatus status, Instant now) {
        sql.of(MOVE, status.wireName(), now, post).update();
    }

    RevisionContent content(Publication publication) {
        return sql.of(CONTENT, publication.post(), publication.revision())
                .one(row -> json.read(row.text("content"), RevisionContent.class));
    }
}
