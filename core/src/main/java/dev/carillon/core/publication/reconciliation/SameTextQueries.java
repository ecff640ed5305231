package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.publication.Publication;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/**
 * Finds other publications of an account with the same text. A platform that can recognize a post only by its text may
 * return the post of another publication. A post that it found is therefore accepted only if no other publication has
 * that post, and if no other publication with the same text has an unknown outcome or is being sent. Two such
 * publications with unknown outcomes stay unknown until one of them is resolved; the wrong post is never accepted.
 */
@Singleton
class SameTextQueries {
    // As literals, so that the planner sees that the partial index covers them.
    private static final String FOUND_BY_TEXT = Platform.FOUND_BY_TEXT.stream()
            .map(platform -> "'" + platform.wireName() + "'")
            .collect(Collectors.joining(", "));

    // Every publication stores its checkpoint before it is sent. So whatever post the platform returns, the publication
    // that it belongs to is found here, either still open or already with that post.
    private static final String MAY_BE_ANOTHERS = """
            SELECT EXISTS (
                SELECT FROM publication AS other
                WHERE other.account_id = ? AND other.platform_post_id = ? AND other.id <> ?
                  AND other.platform IN (%s))
            OR EXISTS (
                SELECT FROM publication AS other
                WHERE other.workspace_id = ? AND other.livemode = ? AND other.lease_until IS NOT NULL
                  AND other.status IN ('publishing', 'processing', 'outcome_unknown')
                  AND other.account_id = ? AND other.id <> ? AND other.checkpoint ->> ? = ?)
            OR EXISTS (
                SELECT FROM publication AS other
                WHERE other.status IN ('processing', 'outcome_unknown') AND other.lease_until IS NULL
                  AND other.account_id = ? AND other.id <> ? AND other.checkpoint ->> ? = ?) AS anothers
            """.formatted(FOUND_BY_TEXT);

    private final Sql sql;

    SameTextQueries(Sql sql) {
        this.sql = sql;
    }

    /** The answer; or {@link LookUp.NotAnswered} if the post that was found may belong to another publication. */
    LookUp believed(Publication asked, LookUp answer, RecoveryCapability capability) {
        if (capability == RecoveryCapability.HEURISTIC_LOOK_UP
                && answer instanceof LookUp.Found(var post)
                && mayBeAnothers(asked, post)) {
            return new LookUp.NotAnswered(Failure.of(
                    ErrorCode.OUTCOME_UNCONFIRMED,
                    "A post with this text exists, but it may belong to another publication with the same text."));
        }
        return answer;
    }

    private boolean mayBeAnothers(Publication asked, PlatformPost post) {
        var account = asked.account();
        var hash = asked.checkpoint().value(Checkpoint.TEXT_HASH).orElse("");
        return sql.of(
                        MAY_BE_ANOTHERS,
                        account,
                        post.id(),
                        asked.id(),
                        asked.tenant().workspace(),
                        asked.tenant().mode(),
                        account,
                        asked.id(),
                        Checkpoint.TEXT_HASH,
                        hash,
                        account,
                        asked.id(),
                        Checkpoint.TEXT_HASH,
                        hash)
                .one(row -> row.truth("anothers"));
    }
}
