package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationRows;
import dev.carillon.core.publication.intervention.AskedRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
public class CheckQueries {
    private static final String CLAIM = """
            WITH by_real_time AS (
                SELECT publication.id FROM publication JOIN account ON account.id = publication.account_id
                WHERE publication.check_at <= ? AND NOT account.host = ANY (?::text[])
                  AND (publication.check_lease_until IS NULL OR publication.check_lease_until < clock_timestamp())
                  AND (publication.livemode
                       OR NOT EXISTS (SELECT FROM test_clock WHERE workspace_id = publication.workspace_id AND attached))
                ORDER BY publication.check_at LIMIT ? FOR UPDATE OF publication SKIP LOCKED),
            by_test_clock AS (
                SELECT publication.id FROM test_clock AS clock
                JOIN publication ON publication.workspace_id = clock.workspace_id AND NOT publication.livemode
                JOIN account ON account.id = publication.account_id
                WHERE clock.attached AND publication.check_at <= clock.shows AND NOT account.host = ANY (?::text[])
                  AND (publication.check_lease_until IS NULL OR publication.check_lease_until < clock_timestamp())
                LIMIT ? FOR UPDATE OF publication SKIP LOCKED)
            UPDATE publication AS checked SET check_lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM (SELECT id FROM by_real_time UNION ALL SELECT id FROM by_test_clock LIMIT ?) AS due, account
            WHERE checked.id = due.id AND account.id = checked.account_id
            RETURNING checked.*, %s
            """.formatted(AskedRows.ACCOUNT);
    private static final String FIND = """
            SELECT publication.*, %s FROM publication JOIN account ON account.id = publication.account_id
            WHERE publication.id = ? AND publication.status = 'published' AND publication.deleted_at IS NULL
            """.formatted(AskedRows.ACCOUNT);
    private static final String STAND = """
            UPDATE publication SET check_at = NULL, check_lease_until = NULL WHERE id = ANY (?::uuid[]) AND check_at IS NOT NULL
            """;
    private static final String LOCK = """
            SELECT * FROM publication WHERE id = ? AND status = 'published' AND deleted_at IS NULL FOR UPDATE
            """;
    private static final String BEING_DELETED = """
            SELECT EXISTS (SELECT FROM platform_command WHERE publication_id = ? AND kind = 'delete' AND ended_at IS NULL) AS found
            """;
    private static final String MOVE = """
            UPDATE publication SET vanished_at = ?, check_at = NULL, check_lease_until = NULL, updated_at = ? WHERE id = ? RETURNING *
            """;
    private static final String DEFER = """
            UPDATE publication SET check_at = ?, check_lease_until = NULL, look_ups = look_ups + 1 WHERE id = ? AND check_at IS NOT NULL
            """;

    private final Sql sql;
    private final PublicationRows rows;

    CheckQueries(Sql sql, PublicationRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    List<Checkable> claim(int limit, Duration lease, Instant now, Collection<String> busyHosts) {
        return sql.of(CLAIM, now, busyHosts, limit, busyHosts, limit, lease.toMillis(), limit)
                .list(this::checkable);
    }

    /** Empty if there is no published post to check. */
    public Optional<Checkable> find(PublicationId id) {
        return sql.of(FIND, id).first(this::checkable);
    }

    void stand(Collection<PublicationId> ids) {
        sql.of(STAND, ids).update();
    }

    Optional<Publication> lock(PublicationId id) {
        return sql.of(LOCK, id).first(rows::read);
    }

    boolean isBeingDeleted(PublicationId id) {
        return sql.of(BEING_DELETED, id).one(row -> row.truth("found"));
    }

    /** Writes whether the post is gone; the row must be locked. */
    Publication moveVanished(PublicationId id, @Nullable Instant vanishedAt, Instant now) {
        return sql.of(MOVE, vanishedAt, now, id).one(rows::read);
    }

    /**
     * Postpones the check.
     *
     * @param until when to ask; null for never
     */
    void defer(PublicationId id, @Nullable Instant until) {
        sql.of(DEFER, until, id).update();
    }

    private Checkable checkable(Row row) {
        var publication = rows.read(row);
        return new Checkable(
                publication, AskedRows.account(row, publication), row.text("host"), row.integer("look_ups"));
    }
}
