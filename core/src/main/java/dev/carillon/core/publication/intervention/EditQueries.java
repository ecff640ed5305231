package dev.carillon.core.publication.intervention;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationRows;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

@Singleton
class EditQueries {
    private static final String LOCK_OF_POST = """
            SELECT * FROM publication WHERE post_id = ? ORDER BY id FOR UPDATE
            """;
    // A process that has claimed one of these rows loses it.
    private static final String EDIT = """
            UPDATE publication
            SET revision = next.revision, position = next.position, root_publication_id = next.root, status = next.status,
                hold_reason = next.hold_reason, publish_at = next.publish_at, due_at = next.due_at, urgent = next.urgent,
                cost_micros = next.cost_micros, cost_currency = next.cost_currency,
                generation = generation + 1, lease_until = NULL, late_since = NULL, failure = NULL, updated_at = ?
            FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                        ?::boolean[], ?::bigint[], ?::text[])
                AS next (id, revision, position, root, status, hold_reason, publish_at, due_at, urgent, cost_micros, cost_currency)
            WHERE publication.id = next.id
            """;
    private static final String FORGET_STEPS = "DELETE FROM publication_step WHERE publication_id = ANY (?::uuid[])";
    private static final String REMOVE = """
            DELETE FROM publication WHERE id = ANY (?::uuid[]) AND status IN ('draft', 'held') AND attempts = 0
            """;

    private final Sql sql;
    private final PublicationRows rows;

    EditQueries(Sql sql, PublicationRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    /** The publications of one post, locked, in the order of their ids. */
    List<Publication> lockOfPost(PostId post) {
        return sql.of(LOCK_OF_POST, post).list(rows::read);
    }

    /** Writes new plans into locked rows of which nothing was sent. */
    void edit(List<Publication> next, Instant now) {
        sql.of(
                        EDIT,
                        now,
                        Sql.column(next, Publication::id),
                        Sql.column(next, Publication::revision),
                        Sql.column(next, Publication::position),
                        Sql.column(next, PublicationQueries::root),
                        Sql.column(next, publication -> publication.status().wireName()),
                        Sql.column(next, PublicationQueries::holdReason),
                        Sql.column(next, Publication::publishAt),
                        Sql.column(next, Publication::dueAt),
                        Sql.column(next, Publication::urgent),
                        Sql.column(next, publication -> publication.cost().amountMicros()),
                        Sql.column(next, publication -> publication.cost().currency()))
                .update();
    }

    /**
     * Removes locked drafts, and parts of threads that have not started, with their recorded steps. Their reservations
     * must be deleted first.
     */
    void remove(Collection<PublicationId> unsent) {
        sql.of(FORGET_STEPS, unsent).update();
        sql.of(REMOVE, unsent).update();
    }
}
