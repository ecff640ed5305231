package dev.carillon.core.publication.duplicate;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Sql.Both;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.PublicationStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
class ContentGuardQueries {
    // The second of two transactions waits here until the first has committed, and then sees what it wrote.
    // Publications that no new one can match any more are dropped at the same time; a publication that this statement
    // cannot see yet is kept.
    private static final String ARM = """
            INSERT INTO content_guard AS guard (account_id, content_fingerprint, workspace_id, livemode, publications, publish_at)
            VALUES (?, decode(?, 'hex'), ?, ?, ARRAY[?::uuid], ?)
            ON CONFLICT (account_id, content_fingerprint) DO UPDATE
            SET publications = excluded.publications || ARRAY(
                    SELECT known.id FROM unnest(guard.publications) AS known (id)
                    WHERE known.id <> ALL (excluded.publications) AND NOT EXISTS (
                        SELECT 1 FROM publication AS old
                        WHERE old.id = known.id AND coalesce(old.published_at, greatest(old.publish_at, old.due_at)) < ?)),
                publish_at = greatest(guard.publish_at, excluded.publish_at)
            """;
    // Publications of the same post are left out: repetitions within its own thread were judged when it was accepted.
    private static final String OTHERS = """
            JOIN publication AS other ON other.id = ANY (guard.publications)
            JOIN post ON post.id = other.post_id
            WHERE other.post_id <> wanted.post_id AND other.deleted_at IS NULL
              AND other.status IN ('pending_approval', 'scheduled', 'held', 'publishing', 'processing', 'published', 'outcome_unknown')
              AND (other.status <> 'held' OR other.hold_reason IS DISTINCT FROM 'parent_not_published')
            """;
    private static final String COLUMNS = """
            SELECT wanted.publication_id AS wanted_id, other.id, other.post_id, other.status, post.status AS post_status,
                   other.permalink, coalesce(other.published_at, greatest(other.publish_at, other.due_at)) AS at
            """;
    // The hashes are cast to bytea. A conversion function might leak rows hidden by row-level security, so the planner
    // would run it for each row of the account instead of once.
    private static final String SAME_CONTENT = COLUMNS + """
            FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]::bytea[]) AS wanted (publication_id, post_id, account_id, content_fingerprint)
            JOIN content_guard AS guard ON guard.account_id = wanted.account_id AND guard.content_fingerprint = wanted.content_fingerprint
            """ + OTHERS;
    private static final String SAME_TIME = COLUMNS + """
            FROM unnest(?::uuid[], ?::uuid[], ?::uuid[]) AS wanted (publication_id, post_id, account_id)
            JOIN content_guard AS guard ON guard.account_id = wanted.account_id AND guard.publish_at BETWEEN ? AND ?
            """ + OTHERS + " AND other.parent_publication_id IS NULL LIMIT ?";
    private static final String DELETE_OLD = """
            DELETE FROM content_guard AS guard USING (
                SELECT old.account_id, old.content_fingerprint FROM account CROSS JOIN LATERAL (
                    SELECT account_id, content_fingerprint FROM content_guard
                    WHERE account_id = account.id AND publish_at < ? LIMIT ?) AS old
                LIMIT ?) AS old
            WHERE guard.account_id = old.account_id AND guard.content_fingerprint = old.content_fingerprint AND guard.publish_at < ?
            """;
    private static final String HOLD = """
            INSERT INTO content_guard AS guard (account_id, content_fingerprint, workspace_id, livemode, publications, publish_at)
            VALUES (?, decode(?, 'hex'), ?, ?, '{}', ?)
            ON CONFLICT (account_id, content_fingerprint) DO UPDATE SET publish_at = guard.publish_at
            """;
    private static final String DISARM = """
            UPDATE content_guard SET publications = array_remove(publications, ?::uuid)
            WHERE account_id = ? AND content_fingerprint = decode(?, 'hex')
            """;
    private static final int ENOUGH = 1_000;

    private final Sql sql;

    ContentGuardQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * A publication with its content fingerprint and time.
     *
     * @param named the account as the caller knows it
     */
    record Guarded(
            PublicationId publication,
            PostId post,
            Tenant tenant,
            AccountId account,
            AccountId named,
            int position,
            ContentFingerprint hash,
            Instant at) {
        Guarded notBefore(Instant earliest) {
            return at.isBefore(earliest)
                    ? new Guarded(publication, post, tenant, account, named, position, hash, earliest)
                    : this;
        }
    }

    /**
     * Another publication that {@code guarded} matches.
     *
     * @param at business time at which it was published or is to be published
     */
    record Other(
            Guarded guarded,
            PublicationId publication,
            PostId post,
            PublicationStatus status,
            PostStatus postStatus,
            @Nullable String permalink,
            Instant at) {
        Duration distance() {
            return Duration.between(guarded.at(), at).abs();
        }
    }

    /**
     * Adds each publication to the row of its content.
     *
     * @param forgotten business time; publications from before it are dropped
     */
    void arm(List<Guarded> all, Instant forgotten) {
        sql.batchLater(
                ARM,
                all.stream()
                        .map(each -> new @Nullable Object[] {
                            each.account(),
                            each.hash().hex(),
                            each.tenant().workspace(),
                            each.tenant().mode(),
                            each.publication(),
                            each.at(),
                            forgotten
                        })
                        .toList());
    }

    /** Locks the rows of all contents in this order, and creates missing ones. */
    void hold(List<Guarded> all) {
        sql.batchLater(
                HOLD,
                all.stream()
                        .map(each -> new @Nullable Object[] {
                            each.account(),
                            each.hash().hex(),
                            each.tenant().workspace(),
                            each.tenant().mode(),
                            each.at()
                        })
                        .toList());
    }

    /** Removes each publication from the row of its content. */
    void disarm(List<Guarded> all) {
        sql.batch(
                DISARM,
                all.stream()
                        .map(each -> new @Nullable Object[] {
                            each.publication(), each.account(), each.hash().hex()
                        })
                        .toList());
    }

    /** Publications with the same content that are published or may still be. */
    List<Other> sameContent(List<Guarded> all) {
        return findingSameContent(all).list(reading(all));
    }

    /** Some publications around the same time that are published or may still be; {@code all} must not be empty. */
    List<Other> sameTime(List<Guarded> all, Duration distance) {
        return findingSameTime(all, distance).list(reading(all));
    }

    /** Both lists, in one round trip. */
    Both<List<Other>, List<Other>> sameContentAndTime(List<Guarded> all, List<Guarded> timed, Duration distance) {
        return findingSameContent(all).listWith(reading(all), findingSameTime(timed, distance), reading(timed));
    }

    private Sql.Bound findingSameContent(List<Guarded> all) {
        return sql.of(
                SAME_CONTENT,
                all.stream().map(Guarded::publication).toList(),
                all.stream().map(Guarded::post).toList(),
                all.stream().map(Guarded::account).toList(),
                all.stream().map(each -> "\\x" + each.hash().hex()).toList());
    }

    private Sql.Bound findingSameTime(List<Guarded> all, Duration distance) {
        var times = all.stream().map(Guarded::at).sorted().toList();
        return sql.of(
                SAME_TIME,
                all.stream().map(Guarded::publication).toList(),
                all.stream().map(Guarded::post).toList(),
                all.stream().map(Guarded::account).toList(),
                times.getFirst().minus(distance),
                times.getLast().plus(distance),
                ENOUGH);
    }

    private static Function<Row, Other> reading(List<Guarded> all) {
        Map<PublicationId, Guarded> wanted =
                all.stream().collect(Collectors.toMap(Guarded::publication, Function.identity()));
        return row -> new Other(
                Objects.requireNonNull(wanted.get(row.id("wanted_id", PublicationId.KIND))),
                row.id("id", PublicationId.KIND),
                row.id("post_id", PostId.KIND),
                PublicationStatus.named(row.text("status")),
                PostStatus.named(row.text("post_status")),
                row.textOrNull("permalink"),
                row.instant("at"));
    }

    /** Deletes a batch and returns the number of rows, fewer than {@code limit} if no more are that old. */
    int deleteOlderThan(Instant time, int limit) {
        return sql.of(DELETE_OLD, time, limit, limit, time).update();
    }
}
