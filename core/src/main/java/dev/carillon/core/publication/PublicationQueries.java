package dev.carillon.core.publication;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Sql.Both;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.PlatformPost;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Singleton
public class PublicationQueries {
    private static final String ADD = """
            INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, live_account_id, platform, position,
                                     root_publication_id, parent_publication_id, part, status, hold_reason,
                                     publish_at, urgent, due_at, cost_micros, cost_currency, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String BY_ID = """
            SELECT * FROM publication WHERE id = ? AND workspace_id = ? AND livemode = ?
            """;
    private static final String OF_POSTS = """
            SELECT * FROM publication WHERE post_id = ANY (?::uuid[]) ORDER BY post_id, position
            """;
    // The planner assumes that an array has more than one element, so with an array it would plan anew for a single
    // post each time, which costs more than reading the rows.
    private static final String OF_POST = """
            SELECT * FROM publication WHERE post_id = ? ORDER BY position
            """;
    // The lease must still hold: a process that was paused until its lease ran out has lost the row, even if no other
    // process has it yet. Rows are locked in the order of their ids, as everywhere that several are locked. Where ids
    // are given, the lease is tested inside a coalesce; otherwise the planner might scan all leased rows.
    private static final String START = """
            WITH picked AS (
                SELECT publication.id
                FROM unnest(?::uuid[], ?::bigint[]) AS claim (id, generation)
                JOIN publication ON publication.id = claim.id AND publication.generation = claim.generation
                JOIN account ON account.id = publication.account_id AND account.status = 'active'
                WHERE publication.status = 'scheduled' AND coalesce(publication.lease_until > clock_timestamp(), false)
                  AND (publication.repeat_until IS NULL OR publication.repeat_until > clock_timestamp())
                ORDER BY publication.id FOR UPDATE OF publication)
            UPDATE publication AS started
            SET status = 'publishing', attempts = attempts + 1, late_since = NULL, updated_at = clock_timestamp(),
                lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM picked WHERE started.id = picked.id
            RETURNING started.*
            """;
    private static final String LOCK_CLAIMED = """
            SELECT publication.*
            FROM unnest(?::uuid[], ?::bigint[]) AS claim (id, generation)
            JOIN publication ON publication.id = claim.id AND publication.generation = claim.generation
            WHERE publication.status = 'scheduled' AND coalesce(publication.lease_until > clock_timestamp(), false)
            ORDER BY publication.id FOR UPDATE OF publication
            """;
    private static final String DEFER = """
            WITH picked AS (
                SELECT publication.id, later.until
                FROM unnest(?::uuid[], ?::bigint[], ?::timestamptz[]) AS later (id, generation, until)
                JOIN publication ON publication.id = later.id AND publication.generation = later.generation
                WHERE publication.status = 'scheduled' AND coalesce(publication.lease_until IS NOT NULL, false)
                ORDER BY publication.id FOR UPDATE OF publication)
            UPDATE publication AS deferred
            SET lease_until = NULL, due_at = greatest(due_at, picked.until), updated_at = clock_timestamp(),
                late_since = CASE WHEN ? THEN coalesce(late_since, due_at) END
            FROM picked WHERE deferred.id = picked.id
            RETURNING deferred.*
            """;
    private static final String KEEP = """
            UPDATE publication
            SET checkpoint = ?, lease_until = greatest(lease_until, clock_timestamp() + ? * interval '1 millisecond')
            WHERE id = ? AND generation = ? AND status = 'publishing' AND lease_until > clock_timestamp()
            """;
    private static final String RENEW = """
            UPDATE publication SET lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM unnest(?::uuid[], ?::bigint[]) AS claim (id, generation)
            WHERE publication.id = claim.id AND publication.generation = claim.generation
              AND status = 'publishing' AND coalesce(lease_until > clock_timestamp(), false)
            """;
    private static final String LOCK = """
            SELECT publication.*
            FROM unnest(?::uuid[], ?::bigint[]) AS claim (id, generation)
            JOIN publication ON publication.id = claim.id AND publication.generation = claim.generation
            ORDER BY publication.id FOR UPDATE OF publication
            """;
    private static final String WRITE = """
            UPDATE publication
            SET status = next.status, due_at = next.due_at, lease_until = NULL, failed_attempts = next.failed_attempts,
                ticket = next.ticket, failure = next.failure, hold_reason = next.hold_reason,
                platform_post_id = next.platform_post_id, permalink = next.permalink, platform_refs = next.platform_refs,
                published_at = next.published_at, look_ups = next.look_ups, check_at = next.check_at, updated_at = next.at
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[], ?::bigint[], ?::jsonb[], ?::jsonb[], ?::text[], ?::text[],
                        ?::text[], ?::jsonb[], ?::timestamptz[], ?::bigint[], ?::timestamptz[], ?::timestamptz[])
                AS next (id, generation, status, due_at, failed_attempts, ticket, failure, hold_reason, platform_post_id, permalink,
                         platform_refs, published_at, look_ups, check_at, at)
            WHERE publication.id = next.id AND publication.generation = next.generation
            """;
    private static final String CANCEL = """
            UPDATE publication
            SET status = 'canceled', hold_reason = NULL, generation = generation + 1, lease_until = NULL, due_at = NULL, updated_at = ?
            WHERE id IN (SELECT id FROM publication
                         WHERE post_id = ? AND status IN ('draft', 'pending_approval', 'scheduled', 'held')
                         ORDER BY id FOR UPDATE)
              AND status IN ('draft', 'pending_approval', 'scheduled', 'held')
            RETURNING *
            """;
    private static final String HOLD = """
            UPDATE publication
            SET status = 'held', hold_reason = ?, generation = generation + 1, lease_until = NULL, due_at = NULL, updated_at = ?
            WHERE id IN (SELECT id FROM publication
                         WHERE account_id = ? AND status = 'scheduled' AND lease_until IS NULL
                            OR account_id = ? AND status = 'scheduled' AND lease_until IS NOT NULL
                               AND workspace_id = ? AND livemode = ?
                         ORDER BY id FOR UPDATE)
              AND status = 'scheduled'
            RETURNING *
            """;
    // Parts that wait for their thread keep waiting. A part that continues a started thread has no time of its own, so
    // it cannot be late.
    private static final String RELEASE = """
            UPDATE publication
            SET status = 'scheduled', hold_reason = NULL, failure = NULL, generation = generation + 1,
                due_at = CASE WHEN parent_publication_id IS NULL THEN publish_at ELSE ? END,
                late_since = CASE WHEN parent_publication_id IS NULL THEN publish_at END, updated_at = ?
            WHERE id IN (SELECT id FROM publication
                         WHERE account_id = ? AND status = 'held'
                           AND hold_reason NOT IN ('waiting_for_parent', 'parent_not_published')
                         ORDER BY id FOR UPDATE)
              AND status = 'held'
            RETURNING *
            """;
    private static final String HINT = """
            INSERT INTO publication_hint (workspace_id, livemode, lane_key, urgent, due_at)
            SELECT workspace_id, livemode, lane_key, urgent, min(due_at)
            FROM unnest(?::uuid[], ?::boolean[], ?::uuid[], ?::boolean[], ?::timestamptz[])
                AS due (workspace_id, livemode, lane_key, urgent, due_at)
            GROUP BY workspace_id, livemode, lane_key, urgent
            """;

    private final Sql sql;
    private final PublicationRows rows;

    PublicationQueries(Sql sql, PublicationRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    public void add(List<Publication> publications) {
        sql.batchLater(
                ADD, publications.stream().map(PublicationQueries::values).toList());
    }

    private static @Nullable Object[] values(Publication publication) {
        return new @Nullable Object[] {
            publication.id(),
            publication.tenant().workspace(),
            publication.tenant().mode(),
            publication.post(),
            publication.revision(),
            publication.account(),
            publication.liveAccount(),
            publication.platform().wireName(),
            publication.position(),
            root(publication),
            publication.thread() == null ? null : publication.thread().parent(),
            publication.part(),
            publication.status().wireName(),
            holdReason(publication),
            publication.publishAt(),
            publication.urgent(),
            publication.dueAt(),
            publication.cost().amountMicros(),
            publication.cost().currency(),
            publication.createdAt(),
            publication.createdAt()
        };
    }

    public Optional<Publication> find(Tenant tenant, PublicationId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(rows::read);
    }

    List<Publication> ofPosts(Collection<PostId> posts) {
        return ofThese(posts).list(rows::read);
    }

    <T> Both<List<T>, List<Publication>> ofPostsWith(Sql.Bound other, Function<Row, T> map, Collection<PostId> posts) {
        return other.listWith(map, ofThese(posts), rows::read);
    }

    private Sql.Bound ofThese(Collection<PostId> posts) {
        return posts.size() == 1 ? sql.of(OF_POST, posts.iterator().next()) : sql.of(OF_POSTS, posts);
    }

    /** Starts attempts of the publications whose claims still hold and whose account can be published to. */
    public List<Publication> start(Collection<Claim> claims, Duration lease) {
        return sql.of(START, ids(claims), generations(claims), lease.toMillis()).list(rows::read);
    }

    /** The locked rows of the claims that still hold and are not started. */
    public List<Publication> lockClaimed(Collection<Claim> claims) {
        return sql.of(LOCK_CLAIMED, ids(claims), generations(claims)).list(rows::read);
    }

    /** Defers claimed rows and gives them back; no attempt was made. */
    public List<Publication> defer(Map<Claim, Instant> later) {
        return defer(later, false);
    }

    /** The same for late publications; keeps the time at which they should have been published. */
    public List<Publication> deferLate(Map<Claim, Instant> later) {
        return defer(later, true);
    }

    private List<Publication> defer(Map<Claim, Instant> later, boolean late) {
        return later.isEmpty()
                ? List.of()
                : sql.of(
                                DEFER,
                                ids(later.keySet()),
                                generations(later.keySet()),
                                Sql.column(later.values(), until -> until),
                                late)
                        .list(rows::read);
    }

    public boolean keep(PublicationId id, long generation, Checkpoint checkpoint, Duration lease) {
        return sql.of(KEEP, rows.checkpoint(checkpoint), lease.toMillis(), id, generation)
                        .update()
                == 1;
    }

    /** Extends the leases of started rows whose claims still hold; returns how many. */
    public int renew(Collection<Claim> claims, Duration lease) {
        return sql.of(RENEW, lease.toMillis(), ids(claims), generations(claims)).update();
    }

    /** The locked row; empty if another process has claimed it since. */
    public Optional<Publication> lock(PublicationId id, long generation) {
        return lock(List.of(new Claim(id, generation))).stream().findFirst();
    }

    /** The locked rows, without those that another process has claimed since. */
    public List<Publication> lock(Collection<Claim> claims) {
        return sql.of(LOCK, ids(claims), generations(claims)).list(rows::read);
    }

    private static List<@Nullable Object> ids(Collection<Claim> claims) {
        return Sql.column(claims, Claim::publication);
    }

    private static List<@Nullable Object> generations(Collection<Claim> claims) {
        return Sql.column(claims, Claim::generation);
    }

    /** Writes the next state of a locked row, and releases the lease. */
    public void write(Publication publication, Instant now) {
        write(List.of(new Change(publication, now)));
    }

    /** Writes the next states of locked rows, and releases the leases. */
    public void write(List<Change> changes) {
        var next = changes.stream().map(Change::publication).toList();
        var posts = next.stream()
                .map(publication -> Optional.ofNullable(publication.platformPost()))
                .toList();
        sql.of(
                        WRITE,
                        Sql.column(next, Publication::id),
                        Sql.column(next, Publication::generation),
                        Sql.column(next, publication -> publication.status().wireName()),
                        Sql.column(next, Publication::dueAt),
                        Sql.column(
                                next, publication -> publication.attemptCount().failed()),
                        Sql.column(next, rows::ticket),
                        Sql.column(next, rows::failure),
                        Sql.column(next, PublicationQueries::holdReason),
                        Sql.column(posts, post -> post.map(PlatformPost::id).orElse(null)),
                        Sql.column(
                                posts, post -> post.map(PlatformPost::permalink).orElse(null)),
                        Sql.column(next, rows::refs),
                        Sql.column(next, PublicationQueries::publishedAt),
                        Sql.column(next, Publication::asked),
                        Sql.column(next, publication -> publication.followUp().checkAt()),
                        Sql.column(changes, Change::at))
                .update();
    }

    public static @Nullable PublicationId root(Publication publication) {
        return publication.thread() == null ? null : publication.thread().root();
    }

    public static @Nullable String holdReason(Publication publication) {
        return publication.state() instanceof PublicationState.Held(var reason, var failure) ? reason.wireName() : null;
    }

    private static @Nullable Instant publishedAt(Publication publication) {
        return publication.state() instanceof PublicationState.Published(var post, var at) ? at : null;
    }

    List<Publication> cancel(PostId post, Instant now) {
        return sql.of(CANCEL, now, post).list(rows::read);
    }

    List<Publication> hold(Tenant tenant, AccountId account, HoldReason reason, Instant now) {
        return sql.of(HOLD, reason.wireName(), now, account, account, tenant.workspace(), tenant.mode())
                .list(rows::read);
    }

    /** Releases held publications; those that are late by now are treated as late when they are claimed. */
    List<Publication> release(AccountId account, Instant now) {
        return sql.of(RELEASE, now, now, account).list(rows::read);
    }

    /** When a lane has something due, for the dispatchers. */
    public record Hint(Tenant tenant, AccountId lane, boolean urgent, Instant dueAt) {
        public static Hint of(Publication publication, Instant dueAt) {
            return new Hint(publication.tenant(), publication.account(), publication.urgent(), dueAt);
        }
    }

    /** Tells the dispatchers that accounts have publications due; never locks a lane. */
    public void hint(List<Hint> hints) {
        if (hints.isEmpty()) {
            return;
        }
        sql.of(
                        HINT,
                        Sql.column(hints, hint -> hint.tenant().workspace()),
                        Sql.column(hints, hint -> hint.tenant().mode()),
                        Sql.column(hints, Hint::lane),
                        Sql.column(hints, Hint::urgent),
                        Sql.column(hints, Hint::dueAt))
                .later();
    }
}
