package dev.carillon.core.post;

import dev.carillon.core.post.PostFilter.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter as a part of a statement: only what is asked for stands there, because only such a condition finds its index. */
final class PostConditions {
    private static final String ON_PLATFORM =
            "EXISTS (SELECT FROM publication WHERE publication.post_id = post.id AND publication.platform = ?)";
    private static final String ON_ACCOUNT = "EXISTS (SELECT FROM publication WHERE publication.post_id = post.id"
            + " AND (publication.account_id = ? OR publication.stands_in_for = ?))";
    private static final String BY_AGENT =
            "(SELECT agent_id FROM api_key WHERE id = coalesce(post.api_key_id, post.live_api_key_id)) = ?";

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    PostConditions(PostFilter filter) {
        if (filter.status() != null) {
            add("post.status = ?", filter.status().wireName());
        }
        if (filter.sandbox() != null) {
            add(filter.sandbox() ? "post.sandbox" : "NOT post.sandbox");
        }
        if (filter.platform() != null) {
            add(ON_PLATFORM, filter.platform().wireName());
        }
        if (filter.account() != null) {
            add(ON_ACCOUNT, filter.account(), filter.account());
        }
        if (filter.agent() != null) {
            add(BY_AGENT, filter.agent());
        }
        within("post.created_at", filter.created());
        within("post.publish_at", filter.publish());
    }

    private void within(String column, Span span) {
        if (span.from() != null) {
            add(column + " >= ?", span.from());
        }
        if (span.until() != null) {
            add(column + " < ?", span.until());
        }
    }

    private void add(String condition, Object... bound) {
        text.append(" AND ").append(condition).append('\n');
        values.addAll(Arrays.asList(bound));
    }

    /** To follow a condition; its values are bound in their order. */
    String text() {
        return text.toString();
    }

    List<@Nullable Object> values() {
        return new ArrayList<>(values);
    }
}
