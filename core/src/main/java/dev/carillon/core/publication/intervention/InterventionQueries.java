package dev.carillon.core.publication.intervention;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationRows;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Statements by which a caller changes a publication. Those that act on its status check it first and raise the
 * generation.
 */
@Singleton
public class InterventionQueries {
    private static final String CANCEL = """
            UPDATE publication
            SET status = 'canceled', hold_reason = NULL, generation = generation + 1, lease_until = NULL, due_at = NULL, updated_at = ?
            WHERE id = ? AND workspace_id = ? AND livemode = ? AND status IN ('draft', 'pending_approval', 'scheduled', 'held')
            RETURNING *
            """;
    private static final String TAKE_UNKNOWN = """
            UPDATE publication SET generation = generation + 1, lease_until = NULL, repeat_until = NULL
            WHERE id = ? AND workspace_id = ? AND livemode = ? AND status = 'outcome_unknown'
            RETURNING *
            """;
    private static final String RETRY = """
            UPDATE publication
            SET status = 'scheduled', generation = generation + 1, lease_until = NULL, due_at = ?, urgent = true,
                failed_attempts = 0, failure = NULL, look_ups = 0, late_since = NULL, updated_at = ?
            WHERE id IN (SELECT id FROM publication
                         WHERE id = ANY (?::uuid[]) AND status IN ('failed', 'missed') ORDER BY id FOR UPDATE)
              AND status IN ('failed', 'missed')
            RETURNING *
            """;
    private static final String RESCHEDULE = """
            UPDATE publication
            SET status = 'scheduled', generation = generation + 1, lease_until = NULL, publish_at = ?, due_at = ?, urgent = ?,
                failed_attempts = 0, failure = NULL, look_ups = 0, late_since = NULL, updated_at = ?
            WHERE id IN (SELECT id FROM publication WHERE id = ANY (?::uuid[]) AND status = 'missed' ORDER BY id FOR UPDATE)
              AND status = 'missed'
            RETURNING *
            """;
    private static final String LOCK = """
            SELECT * FROM publication WHERE id = ? AND workspace_id = ? AND livemode = ? FOR UPDATE
            """;
    private static final String SKIP_CHECK = """
            UPDATE publication SET check_at = NULL WHERE id = ? AND check_at IS NOT NULL
            """;
    private static final String DELETED = """
            UPDATE publication SET deleted_at = ?, check_at = NULL, updated_at = ?
            WHERE id = ? AND deleted_at IS NULL
            RETURNING *
            """;

    private final Sql sql;
    private final PublicationRows rows;

    InterventionQueries(Sql sql, PublicationRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    public Optional<Publication> cancel(Tenant tenant, PublicationId id, Instant now) {
        return sql.of(CANCEL, now, id, tenant.workspace(), tenant.mode()).first(rows::read);
    }

    /** Takes a publication with an unknown outcome away from a process that is asking about it. */
    public Optional<Publication> takeUnknown(Tenant tenant, PublicationId id) {
        return sql.of(TAKE_UNKNOWN, id, tenant.workspace(), tenant.mode()).first(rows::read);
    }

    List<Publication> retry(Collection<PublicationId> ids, Instant now) {
        return sql.of(RETRY, now, now, ids).list(rows::read);
    }

    /** Gives missed publications a new time. */
    List<Publication> reschedule(Collection<PublicationId> ids, NewTime time, Instant now) {
        return sql.of(RESCHEDULE, time.at(), time.at(), time.urgent(), now, ids).list(rows::read);
    }

    public Optional<Publication> lock(Tenant tenant, PublicationId id) {
        return sql.of(LOCK, id, tenant.workspace(), tenant.mode()).first(rows::read);
    }

    void skipCheck(PublicationId id) {
        sql.of(SKIP_CHECK, id).update();
    }

    /** Empty if it was already deleted. */
    Optional<Publication> deleted(PublicationId id, Instant now) {
        return sql.of(DELETED, now, now, id).first(rows::read);
    }
}
