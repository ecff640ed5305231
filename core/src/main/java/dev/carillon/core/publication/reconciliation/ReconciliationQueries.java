package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationRows;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.intervention.AskedRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@Singleton
class ReconciliationQueries {
    private static final String UNRESOLVED_ATTEMPT =
            "(outcome IS NULL OR outcome IN ('unconfirmed', 'interrupted', 'processing'))";
    // The age of the attempts is read before the platform is asked, so that they are at least this old when it answers.
    private static final String ASKED = """
            RETURNING unresolved.*, %s,
                coalesce((SELECT bool_and(coalesce(call_until, started_at + ? * interval '1 millisecond') + ? * interval '1 millisecond'
                                          < clock_timestamp())
                          FROM attempt WHERE publication_id = unresolved.id), true) AS calls_are_over,
                (SELECT (extract(epoch FROM clock_timestamp() - min(started_at)) * 1000)::bigint
                 FROM attempt WHERE publication_id = unresolved.id AND %s) AS since_start
            """.formatted(AskedRows.ACCOUNT, UNRESOLVED_ATTEMPT);
    // Claims started publications whose process is gone; those whose next look-up or poll is due; and those that were
    // to
    // be sent again while the platform would recognise the repetition, which it no longer does. The raised generation
    // shuts out the previous owner of the row. A test clock may advance faster than calls to the platform end. A second
    // look-up therefore waits until those calls are over and an absence would prove something, so that the result does
    // not depend on how fast the clock was advanced.
    private static final String CLAIM = """
            WITH abandoned AS (
                SELECT publication.id FROM publication JOIN account ON account.id = publication.account_id
                WHERE publication.lease_until < clock_timestamp() AND NOT account.host = ANY (?::text[])
                  AND publication.status IN ('publishing', 'processing', 'outcome_unknown')
                LIMIT ? FOR UPDATE OF publication SKIP LOCKED),
            asked_again AS (
                SELECT publication.id FROM publication JOIN account ON account.id = publication.account_id
                WHERE publication.due_at <= ? AND publication.lease_until IS NULL AND NOT account.host = ANY (?::text[])
                  AND publication.status IN ('processing', 'outcome_unknown')
                  AND (publication.livemode
                       OR NOT EXISTS (SELECT FROM test_clock WHERE workspace_id = publication.workspace_id AND attached))
                ORDER BY publication.due_at LIMIT ? FOR UPDATE OF publication SKIP LOCKED),
            asked_by_clock AS (
                SELECT publication.id FROM test_clock AS clock
                JOIN publication ON publication.workspace_id = clock.workspace_id AND NOT publication.livemode
                JOIN account ON account.id = publication.account_id
                WHERE clock.attached AND publication.due_at <= clock.shows AND publication.lease_until IS NULL
                  AND publication.status IN ('processing', 'outcome_unknown') AND NOT account.host = ANY (?::text[])
                  AND (publication.look_ups = 0 OR publication.status = 'processing' OR NOT EXISTS (
                       SELECT FROM attempt WHERE publication_id = publication.id
                           AND coalesce(call_until, started_at + ? * interval '1 millisecond') + ? * interval '1 millisecond'
                               >= clock_timestamp()))
                LIMIT ? FOR UPDATE OF publication SKIP LOCKED),
            forgotten AS (
                SELECT publication.id FROM publication JOIN account ON account.id = publication.account_id
                WHERE publication.repeat_until < clock_timestamp() AND publication.status = 'scheduled'
                  AND NOT account.host = ANY (?::text[])
                LIMIT ? FOR UPDATE OF publication SKIP LOCKED),
            open AS (SELECT id FROM abandoned UNION ALL SELECT id FROM asked_again UNION ALL SELECT id FROM asked_by_clock
                     UNION ALL SELECT id FROM forgotten LIMIT ?)
            UPDATE publication AS unresolved
            SET generation = generation + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM open, account WHERE unresolved.id = open.id AND account.id = unresolved.account_id
            """ + ASKED;
    private static final String CLAIM_ONE = """
            UPDATE publication AS unresolved
            SET generation = generation + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM account
            WHERE unresolved.id = ? AND unresolved.status = 'outcome_unknown' AND account.id = unresolved.account_id
              AND (unresolved.lease_until IS NULL OR unresolved.lease_until < clock_timestamp())
            """ + ASKED;
    private static final String IS_UNKNOWN = """
            SELECT EXISTS (SELECT FROM publication WHERE id = ? AND status = 'outcome_unknown') AS found
            """;
    private static final String GIVE_BACK = """
            UPDATE publication SET lease_until = NULL WHERE id = ? AND generation = ?
            """;
    private static final String REPEAT_WITHIN = """
            UPDATE publication
            SET repeat_until = (SELECT min(started_at) FROM attempt WHERE publication_id = publication.id AND %s)
                               + ? * interval '1 millisecond'
            WHERE id = ?
            """.formatted(UNRESOLVED_ATTEMPT);
    private static final String REPEAT_FREELY = """
            UPDATE publication SET repeat_until = NULL WHERE id = ? AND repeat_until IS NOT NULL
            """;
    private final Sql sql;
    private final PublicationRows rows;
    private final PublishingConfig config;

    ReconciliationQueries(Sql sql, PublicationRows rows, PublishingConfig config) {
        this.sql = sql;
        this.rows = rows;
        this.config = config;
    }

    List<UnresolvedPublication> claim(int limit, Duration lease, Instant now, Collection<String> busyHosts) {
        return sql.of(
                        CLAIM,
                        busyHosts,
                        limit,
                        now,
                        busyHosts,
                        limit,
                        busyHosts,
                        config.callDeadline().toMillis(),
                        config.absenceGrace().toMillis(),
                        limit,
                        busyHosts,
                        limit,
                        limit,
                        lease.toMillis(),
                        config.callDeadline().toMillis(),
                        config.absenceGrace().toMillis())
                .list(this::unresolved);
    }

    /** Empty if the outcome is no longer unknown, or if the platform is being asked already. */
    Optional<UnresolvedPublication> claim(PublicationId id, Duration lease) {
        return sql.of(
                        CLAIM_ONE,
                        lease.toMillis(),
                        id,
                        config.callDeadline().toMillis(),
                        config.absenceGrace().toMillis())
                .first(this::unresolved);
    }

    boolean isUnknown(PublicationId id) {
        return sql.of(IS_UNKNOWN, id).one(row -> row.truth("found"));
    }

    void giveBack(Publication publication) {
        sql.of(GIVE_BACK, publication.id(), publication.generation()).update();
    }

    /** Allows sending it again for this long after the first start with an unknown outcome, and not later. */
    void repeatWithin(PublicationId id, Duration time) {
        sql.of(REPEAT_WITHIN, time.toMillis(), id).update();
    }

    /** Removes the time limit for sending it again: no outcome is unknown any more. */
    void repeatFreely(PublicationId id) {
        sql.of(REPEAT_FREELY, id).update();
    }

    private UnresolvedPublication unresolved(Row row) {
        var publication = rows.read(row);
        var sinceStart = row.numberOrNull("since_start");
        return new UnresolvedPublication(
                publication,
                AskedRows.account(row, publication),
                row.text("host"),
                row.truth("calls_are_over"),
                sinceStart == null ? null : Duration.ofMillis(sinceStart));
    }
}
