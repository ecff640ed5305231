package dev.carillon.core.publication;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PlatformPost;
import jakarta.inject.Singleton;

/**
 * Other publications of an account that say the same. A platform that knows a post only by what it says may show another one's:
 * what it found is believed only when no other publication has that post, and none that says the same is itself in doubt or on its
 * way. Two twins in doubt therefore stay unknown until one of them is resolved; a wrong one is never taken.
 */
@Singleton
class TwinQueries {
    // A twin kept its checkpoint before it sent, so that whatever the platform shows is seen here as open or as taken.
    private static final String MAY_BE_ANOTHERS = """
            SELECT EXISTS (
                SELECT FROM publication AS other
                WHERE other.account_id = ? AND other.platform_post_id = ? AND other.id <> ?
                  AND other.platform IN ('x', 'facebook', 'linkedin', 'linkedin_page', 'pinterest', 'reddit', 'tiktok'))
            OR EXISTS (
                SELECT FROM publication AS other
                WHERE other.workspace_id = ? AND other.livemode = ? AND other.lease_until IS NOT NULL
                  AND other.status IN ('publishing', 'processing', 'outcome_unknown')
                  AND other.account_id = ? AND other.id <> ? AND other.checkpoint ->> ? = ?)
            OR EXISTS (
                SELECT FROM publication AS other
                WHERE other.status IN ('processing', 'outcome_unknown') AND other.lease_until IS NULL
                  AND other.account_id = ? AND other.id <> ? AND other.checkpoint ->> ? = ?) AS anothers
            """;

    private final Sql sql;

    TwinQueries(Sql sql) {
        this.sql = sql;
    }

    /** The answer, or that it is none because what was found may be another publication's. */
    LookUp believed(Publication asked, LookUp answer, Doubt doubt) {
        if (doubt == Doubt.HEURISTIC_LOOK_UP
                && answer instanceof LookUp.Found(var post)
                && mayBeAnothers(asked, post)) {
            return new LookUp.NotAnswered(Failure.of(
                    ErrorCode.OUTCOME_UNCONFIRMED,
                    "A post that says this is there, but it may be that of another publication with the same text."));
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
