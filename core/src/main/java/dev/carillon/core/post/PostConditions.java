package dev.carillon.core.post;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.post.PostFilter.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter on each post, as part of a statement. Only conditions that are set appear in it, because
 * only then can they use their index.
 */
final class PostConditions {
    private static final String TO_ONE_OF = """
            EXISTS (SELECT FROM post_target WHERE post_target.post_id = post.id AND post_target.account_id = ANY (?::uuid[]))""";
    // Uses publication, which has an index by post.
    private static final String ON_PLATFORM = """
            EXISTS (SELECT FROM publication WHERE publication.post_id = post.id AND publication.platform = ?)""";
    private static final String BY_AGENT = """
            (SELECT agent_id FROM api_key WHERE id = coalesce(post.api_key_id, post.live_api_key_id)) = ?""";
    private static final String SAYS = """
            EXISTS (SELECT FROM post_text WHERE post_text.post_id = post.id AND post_text.words @@ (SELECT search_query(?)))""";

    private final StringBuilder text = new StringBuilder("post.workspace_id = ? AND post.livemode = ?\n");
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Starts with the conditions that every list has. */
    PostConditions(Tenant tenant, PostFilter filter) {
        values.addAll(Arrays.asList(tenant.workspace(), tenant.mode()));
        if (filter.status() != null) {
            add("post.status = ?", filter.status().wireName());
        }
        if (filter.sandbox() != null) {
            add(filter.sandbox() ? "post.sandbox" : "NOT post.sandbox");
        }
        within("post.created_at", filter.created());
        within("post.publish_at", filter.publish());
    }

    /**
     * Adds the condition that posts are older than the given one.
     *
     * @param column the column whose index is scanned; only a condition on this column lets the scan start further down
     * @param than null for all posts
     */
    PostConditions older(String column, @Nullable PostId than) {
        return than == null ? this : add(column + " < ?", than);
    }

    PostConditions toOneOf(List<AccountId> accounts) {
        return add(TO_ONE_OF, accounts);
    }

    PostConditions onPlatformOf(PostFilter filter) {
        var platform = filter.destination().platform();
        return platform == null ? this : add(ON_PLATFORM, platform.wireName());
    }

    PostConditions byAgentOf(PostFilter filter) {
        return filter.agent() == null ? this : add(BY_AGENT, filter.agent());
    }

    PostConditions sayingWordsOf(PostFilter filter) {
        return filter.search() == null ? this : add(SAYS, filter.search().text());
    }

    private void within(String column, Span span) {
        if (span.from() != null) {
            add(column + " >= ?", span.from());
        }
        if (span.until() != null) {
            add(column + " < ?", span.until());
        }
    }

    /** Adds a condition. */
    PostConditions add(String condition, Object... bound) {
        text.append(" AND ").append(condition).append('\n');
        values.addAll(Arrays.asList(bound));
        return this;
    }

    /** The text that follows WHERE; its values are bound in order. */
    String text() {
        return text.toString();
    }

    List<@Nullable Object> values() {
        return new ArrayList<>(values);
    }
}
