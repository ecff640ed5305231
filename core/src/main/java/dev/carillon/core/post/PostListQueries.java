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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the posts of a list, newest first. The scan starts from a condition that only few posts may match (the
 * accounts, the platform or the agent; the state; or the words), so that a page costs what it shows and not what is
 * filtered out.
 */
@Singleton
class PostListQueries {
    private static final String ANY = """
            SELECT post.id FROM post
            WHERE %s
            ORDER BY post.id DESC
            LIMIT ?
            """;
    private static final String BY_CREATION = """
            SELECT post.id FROM post
            WHERE %s
            ORDER BY post.created_at DESC, post.id DESC
            LIMIT ?
            """;
    private static final String CREATED_BEFORE =
            "(post.created_at, post.id) < ((SELECT created_at FROM post WHERE id = ?), ?)";
    private static final String OF_SPAN = """
            SELECT id, count(*) OVER () AS looked_at
            FROM (SELECT post.id FROM post WHERE %s LIMIT ?) AS near
            ORDER BY id DESC
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
    // Ordered like the one index that finds these posts. The planner assumes an average number of posts for each key
    // and would otherwise scan all posts.
    private static final String BY_AGENT = """
            SELECT near.id FROM api_key
            CROSS JOIN LATERAL (
                SELECT post.id FROM post
                WHERE coalesce(post.api_key_id, post.live_api_key_id) = ANY (ARRAY[api_key.id]) AND %s
                ORDER BY coalesce(post.api_key_id, post.live_api_key_id) DESC, post.id DESC
                LIMIT ?) AS near
            WHERE api_key.agent_id = ?
            ORDER BY near.id DESC
            LIMIT ?
            """;
    private static final String APART = """
            SELECT post.id FROM rare_post AS apart JOIN post ON post.id = apart.post_id
            WHERE apart.workspace_id = ? AND apart.livemode = ? AND apart.status = ? AND %s
            ORDER BY apart.post_id DESC
            LIMIT ?
            """;
    private static final String NEWEST = """
            SELECT post.id FROM (
                SELECT * FROM post WHERE workspace_id = ? AND livemode = ? AND (?::uuid IS NULL OR id < ?) ORDER BY id DESC LIMIT ?) AS post
            WHERE %s
            ORDER BY post.id DESC
            LIMIT ?
            """;
    // Finds each of these publications the way the dispatcher does, which must find all of them to publish them.
    private static final String OPEN = """
            WITH own AS (SELECT id FROM account WHERE workspace_id = ? AND livemode = ?),
            open AS (
                SELECT waiting.post_id FROM own JOIN publication AS waiting ON waiting.account_id = own.id
                WHERE waiting.status = 'scheduled' AND waiting.lease_until IS NULL
                UNION SELECT held.post_id FROM own JOIN publication AS held ON held.account_id = own.id WHERE held.status = 'held'
                UNION SELECT taken.post_id FROM publication AS taken
                WHERE taken.workspace_id = ? AND taken.livemode = ? AND taken.lease_until IS NOT NULL
                UNION SELECT unsettled.post_id FROM publication AS unsettled
                WHERE unsettled.workspace_id = ? AND unsettled.livemode = ?
                  AND unsettled.status IN ('processing', 'outcome_unknown') AND unsettled.lease_until IS NULL)
            SELECT post.id FROM open JOIN post ON post.id = open.post_id
            WHERE %s
            ORDER BY post.id DESC
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
    private static final String SAYING = "SELECT posts_with_words(?, ?, ?, ?) AS id";
    private static final String FEW_SAYING = "SELECT are_rare_words(?, ?, ?, ?) AS id";
    // A sandbox account is reached through the live account that it stands in for, and through that account's group.
    private static final String REACHED = """
            WITH asked AS (
                SELECT id FROM account
                WHERE workspace_id = ? AND (?::uuid IS NULL OR id = ?::uuid) AND (?::uuid IS NULL OR account_group_id = ?::uuid))
            SELECT id FROM asked
            UNION SELECT account_id FROM sandbox_account JOIN asked ON asked.id = live_account_id
            """;
    // Makes PostgreSQL plan for the actual times and state, not for typical ones.
    private static final String PLAN_FOR_THESE_VALUES = """
            SELECT set_config('plan_cache_mode', 'force_custom_plan', true)
            """;

    private static final int LOOKED_AT = 2_000;
    private static final int SPAN_LOOKED_AT = 10_000;

    private final Sql sql;

    /**
     * A post of a span.
     *
     * @param lookedAt how many posts of the span were examined in total
     */
    private record Near(PostId id, long lookedAt) {}

    PostListQueries(Sql sql) {
        this.sql = sql;
    }

    /** All posts that pass the filter, without its words. */
    List<PostId> list(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        return list(tenant, filter, new PostConditions(tenant, filter), after, limit);
    }

    /** All posts that pass the filter and contain its words, for words that are common. */
    List<PostId> listSaying(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        return list(tenant, filter, new PostConditions(tenant, filter).sayingWordsOf(filter), after, limit);
    }

    private List<PostId> list(
            Tenant tenant, PostFilter filter, PostConditions conditions, @Nullable PostId after, int limit) {
        if (!filter.equals(PostFilter.ALL)) {
            sql.of(PLAN_FOR_THESE_VALUES).later();
        }
        var to = filter.destination();
        if (to.account() != null || to.group() != null) {
            var reached = reached(tenant, to);
            conditions.older("target.post_id", after).onPlatformOf(filter).byAgentOf(filter);
            return run(TO_ACCOUNTS, List.of(reached), conditions, limit, limit);
        }
        if (filter.agent() != null) {
            conditions.older("post.id", after).onPlatformOf(filter);
            return run(BY_AGENT, List.of(), conditions, limit, filter.agent(), limit);
        }
        if (to.platform() != null) {
            conditions.older("target.post_id", after);
            var platform = to.platform().wireName();
            return run(TO_PLATFORM, List.of(tenant.workspace(), tenant.mode(), platform), conditions, limit);
        }
        return run(ANY, List.of(), conditions.older("post.id", after), limit);
    }

    /** All posts that pass the filter, by creation time, latest first. The filter may have only times and a state. */
    List<PostId> listByCreation(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        sql.of(PLAN_FOR_THESE_VALUES).later();
        var conditions = new PostConditions(tenant, filter);
        if (after != null) {
            conditions.add(CREATED_BEFORE, after, after);
        }
        return run(BY_CREATION, List.of(), conditions, limit);
    }

    /**
     * All posts that pass the filter. Collects the posts of its time spans first if there are not too many. The filter
     * may have only times and a state.
     */
    List<PostId> listBySpan(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        sql.of(PLAN_FOR_THESE_VALUES).later();
        var conditions = new PostConditions(tenant, filter).older("post.id", after);
        var near = statement(OF_SPAN, List.of(), conditions, SPAN_LOOKED_AT, limit)
                .list(row -> new Near(row.id("id", PostId.KIND), row.number("looked_at")));
        return near.stream().anyMatch(one -> one.lookedAt() == SPAN_LOOKED_AT)
                ? list(tenant, filter, after, limit)
                : near.stream().map(Near::id).toList();
    }

    /** Posts in the filter's state that also match its times and {@code sandbox}; its other conditions are ignored. */
    List<PostId> inState(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        sql.of(PLAN_FOR_THESE_VALUES).later();
        var conditions = new PostConditions(tenant, filter);
        var workspace = tenant.workspace();
        var mode = tenant.mode();
        var state = Objects.requireNonNull(filter.status());
        return switch (state) {
            case PUBLISHED -> list(tenant, filter, after, limit);
            case SCHEDULED, IN_PROGRESS -> {
                // If many posts are open, they are among the newest.
                var newest = run(NEWEST, Arrays.asList(workspace, mode, after, after, LOOKED_AT), conditions, limit);
                yield newest.size() == limit
                        ? newest
                        : run(
                                OPEN,
                                List.of(workspace, mode, workspace, mode, workspace, mode),
                                conditions.older("post.id", after),
                                limit);
            }
            case DRAFT, PENDING_APPROVAL, PARTIALLY_PUBLISHED, FAILED, CANCELED ->
                run(APART, List.of(workspace, mode, state.wireName()), conditions.older("apart.post_id", after), limit);
        };
    }

    /** Those of the posts that pass the filter, without its words. */
    List<PostId> among(Tenant tenant, PostFilter filter, List<PostId> posts, int limit) {
        var conditions = new PostConditions(tenant, filter).onPlatformOf(filter).byAgentOf(filter);
        var to = filter.destination();
        if (to.account() != null || to.group() != null) {
            conditions.toOneOf(reached(tenant, to));
        }
        return run(AMONG, List.of(posts), conditions, limit);
    }

    /** Those of the posts that contain all of the words. */
    List<PostId> amongSaying(List<PostId> posts, SearchWords words, int limit) {
        return sql.of(AMONG_SAYING, posts, words.text(), limit).list(row -> row.id("id", PostId.KIND));
    }

    /** The newest posts of the workspace that contain all of the words, older than the given post if there is one. */
    List<PostId> saying(Tenant tenant, SearchWords words, @Nullable PostId olderThan, int limit) {
        return sql.of(SAYING, words.text(), tenant.mode(), olderThan, limit).list(row -> row.id("id", PostId.KIND));
    }

    /**
     * All posts of the workspace that contain all of the words and are older than the given post, in no particular
     * order. If there are more than {@code limit}, only that many.
     */
    List<PostId> fewSaying(Tenant tenant, SearchWords words, PostId olderThan, int limit) {
        return sql.of(FEW_SAYING, words.text(), tenant.mode(), olderThan, limit).list(row -> row.id("id", PostId.KIND));
    }

    private List<AccountId> reached(Tenant tenant, Destination to) {
        return sql.of(REACHED, tenant.workspace(), to.account(), to.account(), to.group(), to.group())
                .list(row -> row.id("id", AccountId.KIND));
    }

    private List<PostId> run(
            String source, List<? extends @Nullable Object> before, PostConditions conditions, Object... behind) {
        return statement(source, before, conditions, behind).list(row -> row.id("id", PostId.KIND));
    }

    private Sql.Bound statement(
            String source, List<? extends @Nullable Object> before, PostConditions conditions, Object... behind) {
        var values = new ArrayList<@Nullable Object>(before);
        values.addAll(conditions.values());
        values.addAll(Arrays.asList(behind));
        return sql.of(source.formatted(conditions.text()), values.toArray());
    }
}
