package dev.carillon.core.publication;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;

@Singleton
class SandboxedPostQueries {
    private static final String POST = """
            SELECT EXISTS (SELECT FROM post WHERE id = ? AND workspace_id = ? AND sandbox) AS sandboxed
            """;
    private static final String PUBLICATION = """
            SELECT EXISTS (
                SELECT FROM publication JOIN post ON post.id = post_id
                WHERE publication.id = ? AND publication.workspace_id = ? AND sandbox) AS sandboxed
            """;

    private final Sql sql;

    SandboxedPostQueries(Sql sql) {
        this.sql = sql;
    }

    /** Whether this is a post of the workspace that a live key sent to the simulated platform. */
    boolean isSandboxed(WorkspaceId workspace, PostId post) {
        return sql.of(POST, post, workspace).one(row -> row.truth("sandboxed"));
    }

    /** Whether this is a publication of such a post. */
    boolean isSandboxed(WorkspaceId workspace, PublicationId publication) {
        return sql.of(PUBLICATION, publication, workspace).one(row -> row.truth("sandboxed"));
    }
}
