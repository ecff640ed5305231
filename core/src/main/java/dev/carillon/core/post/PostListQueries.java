package dev.carillon.core.post;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.post.PostFilter.Destination;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the posts of a list, newest first. A filter that only few posts may pass decides where to begin, so that a page costs what it shows
 * and not what is left out: with the accounts, the platform or the agent, or with the words.
 */
@Singleton
class PostListQueries {
    private static final String ANY = """
            SELECT post.id FROM post
            WHERE %s
            ORDER BY post.id DESC
            LIMIT ?
            """;
    private static final String TO_ACCOUNTS = """
            SELECT DISTINCT near.id FROM unnest(?::uuid[]) AS reached (account_id)
            CROSS JOIN LATERAL (
                SELECT target.post_id AS id FROM post_target AS target JOIN post ON post.id = target.post_id
                WHERE target.account_id = reached.account_id AND %s
                ORDER BY target.post_id DESC
                LIMIT ?) AS near
            ORDER BY near.id DESC
            LIMIT ?
            """;
    private static final String TO_PLATFORM = """
            SELECT DISTINCT target.post_id AS id FROM post_target AS target JOIN post ON post.id = target.post_id
            WHERE target.workspace_id = ? AND target.livemode = ? AND target.platform = ? AND %s
            ORDER BY target.post_id DESC
            LIMIT ?
            """;
    private static final String BY_AGENT = """
            SELECT near.id FROM api_key
            CROSS JOIN LATERAL (
                SELECT post.id FROM post
                WHERE coalesce(post.api_key_id, post.live_api_key_id) = api_key.id AND %s
                ORDER BY post.id DESC
                LIMIT ?) AS near
            WHERE api_key.agent_id = ?
            ORDER BY near.id DESC
            LIMIT ?
            """;
    private static final String AMONG = """
            SELECT post.id FROM post
            WHERE post.id = ANY (?::uuid[]) AND %s
            ORDER BY post.id DESC
            LIMIT ?
            """;
    private static final String AMONG_SAYING = """
            SELECT post_id AS id FROM post_text
            WHERE post_id = ANY (?::uuid[]) AND words @@ (SELECT search_query(?))
            ORDER BY post_id DESC
            LIMIT ?
            """;
    private static final String SAYING = "SELECT posts_saying(?, ?, ?, ?) AS id";
    // Stand-ins are reached by the live account that they stand in for, and by its group.
    private static final String REACHED = """
            WITH asked AS (
                SELECT id FROM account
                WHERE workspace_id = ? AND (?::uuid IS NULL OR id = ?::uuid) AND (?::uuid IS NULL OR account_group_id = ?::uuid))
            SELECT id FROM asked
            UNION SELECT account_id FROM stand_in JOIN asked ON asked.id = live_account_id
            """;
    // Times and the state are judged by what is asked for, and not by what is usual.
    private static final String PLAN_FOR_THESE_VALUES = """
            SELECT set_config('plan_cache_mode', 'force_custom_plan', true)
            """;

    private final Sql sql;

    PostListQueries(Sql sql) {
        this.sql = sql;
    }

    /** All that pass the filter, its words left aside. */
    List<PostId> list(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        return list(filter, new PostConditions(tenant, filter, after), tenant, limit);
    }

    /** All that pass the filter and say its words, where these are common. */
    List<PostId> listSaying(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        return list(filter, new PostConditions(tenant, filter, after).sayingWordsOf(filter), tenant, limit);
    }

    private List<PostId> list(PostFilter filter, PostConditions conditions, Tenant tenant, int limit) {
        if (!filter.equals(PostFilter.ALL)) {
            sql.of(PLAN_FOR_THESE_VALUES).later();
        }
        var to = filter.destination();
        if (to.account() != null || to.group() != null) {
            var reached = reached(tenant, to);
            conditions.onPlatformOf(filter).byAgentOf(filter);
            return run(TO_ACCOUNTS, List.of(reached), conditions, limit, limit);
        }
        if (filter.agent() != null) {
            conditions.onPlatformOf(filter);
            return run(BY_AGENT, List.of(), conditions, limit, filter.agent(), limit);
        }
        if (to.platform() != null) {
            var platform = to.platform().wireName();
            return run(TO_PLATFORM, List.of(tenant.workspace(), tenant.mode(), platform), conditions, limit);
        }
        return run(ANY, List.of(), conditions, limit);
    }

    /** Those of the posts that pass the filter, its words left aside. */
    List<PostId> among(Tenant tenant, PostFilter filter, List<PostId> posts, int limit) {
        var conditions =
                new PostConditions(tenant, filter, null).onPlatformOf(filter).byAgentOf(filter);
        var to = filter.destination();
        if (to.account() != null || to.group() != null) {
            conditions.toOneOf(reached(tenant, to));
        }
        return run(AMONG, List.of(posts), conditions, limit);
    }

    /** Those of the posts that say all of the words. */
    List<PostId> amongSaying(List<PostId> posts, SearchWords words, int limit) {
        return sql.of(AMONG_SAYING, posts, words.text(), limit).list(row -> row.id("id", PostId.KIND));
    }

    /** The newest posts of the workspace that say all of the words, from those older than one on. */
    List<PostId> saying(Tenant tenant, SearchWords words, @Nullable PostId olderThan, int limit) {
        return sql.of(SAYING, words.text(), tenant.mode(), olderThan, limit).list(row -> row.id("id", PostId.KIND));
    }

    private List<AccountId> reached(Tenant tenant, Destination to) {
        return sql.of(REACHED, tenant.workspace(), to.account(), to.account(), to.group(), to.group())
                .list(row -> row.id("id", AccountId.KIND));
    }

    private List<PostId> run(String source, List<Object> before, PostConditions conditions, Object... behind) {
        var values = new ArrayList<@Nullable Object>(before);
        values.addAll(conditions.values());
        values.addAll(Arrays.asList(behind));
        return sql.of(source.formatted(conditions.text()), values.toArray()).list(row -> row.id("id", PostId.KIND));
    }
}
