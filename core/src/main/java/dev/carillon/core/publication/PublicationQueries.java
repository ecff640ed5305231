package dev.carillon.core.publication;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Checkpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class PublicationQueries {
    private static final String ADD = """
            INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, platform, position, status,
                                     publish_at, urgent, due_at, cost_micros, cost_currency, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String BY_ID = """
            SELECT * FROM publication WHERE id = ? AND workspace_id = ? AND livemode = ?
            """;
    private static final String OF_POSTS = """
            SELECT * FROM publication WHERE post_id = ANY (?::uuid[]) ORDER BY post_id, position
            """;
    // The lease must still hold: a process that was paused until it ran out has lost the row, whoever has it now.
    private static final String MARK = """
            UPDATE publication
            SET status = 'publishing', attempts = attempts + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond',
                updated_at = clock_timestamp()
            WHERE id = ? AND generation = ? AND status = 'scheduled' AND lease_until > clock_timestamp()
            RETURNING *
            """;
    private static final String KEEP = """
            UPDATE publication SET checkpoint = ?
            WHERE id = ? AND generation = ? AND status = 'publishing' AND lease_until > clock_timestamp()
            """;
    private static final String LOCK = """
            SELECT * FROM publication WHERE id = ? AND generation = ? FOR UPDATE
            """;
    private static final String WRITE = """
            UPDATE publication
            SET status = ?, due_at = ?, lease_until = NULL, failed_attempts = ?, ticket = ?, failure = ?, hold_reason = ?,
                platform_post_id = ?, permalink = ?, platform_refs = ?, published_at = ?, look_ups = ?, check_at = ?, updated_at = ?
            WHERE id = ? AND generation = ?
            """;
    private static final String CANCEL = """
            UPDATE publication
            SET status = 'canceled', generation = generation + 1, lease_until = NULL, due_at = NULL, updated_at = ?
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
    private static final String RELEASE = """
            UPDATE publication
            SET status = 'scheduled', hold_reason = NULL, failure = NULL, generation = generation + 1, due_at = publish_at,
                updated_at = ?
            WHERE id IN (SELECT id FROM publication
                         WHERE account_id = ? AND status = 'held' AND publish_at > ? ORDER BY id FOR UPDATE)
              AND status = 'held'
            RETURNING *
            """;
    // Marked ones whose process is gone, and those whose next question is due. The raised generation fences out whoever
    // had the
    // row before.
    private static final String CLAIM_DOUBTFUL = """
            WITH abandoned AS (
                SELECT id FROM publication
                WHERE lease_until < clock_timestamp() AND status IN ('publishing', 'processing', 'outcome_unknown')
                LIMIT ? FOR UPDATE SKIP LOCKED),
            asked_again AS (
                SELECT id FROM publication
                WHERE due_at <= ? AND lease_until IS NULL AND status IN ('processing', 'outcome_unknown')
                ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED),
            open AS (SELECT id FROM abandoned UNION ALL SELECT id FROM asked_again)
            UPDATE publication AS doubtful
            SET generation = generation + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM open WHERE doubtful.id = open.id
            RETURNING doubtful.*
            """;
    private static final String HINT = """
            INSERT INTO publication_hint (workspace_id, livemode, lane_key, urgent, due_at) VALUES (?, ?, ?, ?, ?)
            """;
    private static final String PAUSE_LANE = """
            UPDATE publication_lane
            SET paused_until = greatest(paused_until, ?::timestamptz), next_due_at = greatest(next_due_at, ?::timestamptz)
            WHERE (lane_key, urgent) IN (
                SELECT lane_key, urgent FROM publication_lane WHERE lane_key = ? ORDER BY urgent FOR UPDATE)
            """;
    private static final String PAUSE_APP = """
            UPDATE platform_app SET paused_until = greatest(paused_until, ?::timestamptz)
            WHERE id = (SELECT platform_app_id FROM account WHERE id = ?)
            """;

    private final Sql sql;
    private final PublicationRows rows;

    PublicationQueries(Sql sql, PublicationRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    void add(List<Publication> publications) {
        sql.batch(ADD, publications.stream().map(PublicationQueries::values).toList());
    }

    private static @Nullable Object[] values(Publication publication) {
        return new @Nullable Object[] {
            publication.id(),
            publication.tenant().workspace(),
            publication.tenant().mode(),
            publication.post(),
            publication.revision(),
            publication.account(),
            publication.platform().wireName(),
            publication.position(),
            publication.status().wireName(),
            publication.publishAt(),
            publication.urgent(),
            publication.dueAt(),
            publication.cost().amountMicros(),
            publication.cost().currency(),
            publication.createdAt(),
            publication.createdAt()
        };
    }

    Optional<Publication> find(Tenant tenant, PublicationId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(rows::read);
    }

    List<Publication> ofPosts(Collection<PostId> posts) {
        return sql.of(OF_POSTS, posts).list(rows::read);
    }

    Optional<Publication> mark(PublicationId id, long generation, Duration lease) {
        return sql.of(MARK, lease.toMillis(), id, generation).first(rows::read);
    }

    boolean keep(PublicationId id, long generation, Checkpoint checkpoint) {
        return sql.of(KEEP, rows.checkpoint(checkpoint), id, generation).update() == 1;
    }

    /** The row, locked, unless somebody else has claimed it since. */
    Optional<Publication> lock(PublicationId id, long generation) {
        return sql.of(LOCK, id, generation).first(rows::read);
    }

    /** Writes a state that follows from the locked one, and gives the lease back. */
    void write(Publication publication, Instant now) {
        var post = publication.platformPost();
        sql.of(
                        WRITE,
                        publication.status().wireName(),
                        publication.dueAt(),
                        publication.tries().failed(),
                        rows.ticket(publication),
                        rows.failure(publication),
                        publication.state() instanceof PublicationState.Held(var reason, var failure)
                                ? reason.wireName()
                                : null,
                        post == null ? null : post.id(),
                        post == null ? null : post.permalink(),
                        rows.refs(publication),
                        publication.state() instanceof PublicationState.Published(var published, var at) ? at : null,
                        publication.asked(),
                        publication.aftermath().checkAt(),
                        now,
                        publication.id(),
                        publication.generation())
                .update();
    }

    List<Publication> cancel(PostId post, Instant now) {
        return sql.of(CANCEL, now, post).list(rows::read);
    }

    List<Publication> hold(Tenant tenant, AccountId account, HoldReason reason, Instant now) {
        return sql.of(HOLD, reason.wireName(), now, account, account, tenant.workspace(), tenant.mode())
                .list(rows::read);
    }

    /** Frees what was held and whose time is still ahead. */
    List<Publication> release(AccountId account, Instant now) {
        return sql.of(RELEASE, now, account, now).list(rows::read);
    }

    List<Publication> claimDoubtful(int limit, Duration lease, Instant now) {
        return sql.of(CLAIM_DOUBTFUL, limit, now, limit, lease.toMillis()).list(rows::read);
    }

    /** Whose key made the post; null when no key did. */
    @Nullable
    ApiKeyId apiKeyOf(PostId post) {
        return sql.of("SELECT api_key_id FROM post WHERE id = ?", post)
                .one(row -> Optional.ofNullable(row.idOrNull("api_key_id", ApiKeyId.KIND)))
                .orElse(null);
    }

    /** Tells the dispatcher that an account has something due; never locks its lane. */
    void hint(Publication publication, Instant dueAt) {
        sql.of(
                        HINT,
                        publication.tenant().workspace(),
                        publication.tenant().mode(),
                        publication.account(),
                        publication.urgent(),
                        dueAt)
                .update();
    }

    /** Stops the account's lanes; one that has nothing to do takes the pause as the beginning of its next work. */
    void pauseAccount(AccountId account, Instant until) {
        sql.of(PAUSE_LANE, until, until, account).update();
    }

    void pauseApp(AccountId account, Instant until) {
        sql.of(PAUSE_APP, until, account).update();
    }
}
