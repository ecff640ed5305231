package dev.carillon.app.events;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to follow, and with which key. {@link #toString()} shows no key.
 *
 * @param types patterns; empty for all
 * @param post only this post and its publications; null for all
 * @param after the id of the event after which to start; null to start from now
 */
public record Follow(
        URI base,
        String key,
        List<String> types,
        @Nullable String post,
        @Nullable String after) {
    public Follow {
        types = List.copyOf(types);
    }

    URI uri() {
        var query = new StringBuilder();
        add(query, "type", String.join(",", types));
        add(query, "post_id", post == null ? "" : post);
        return base.resolve("/v1/events/stream" + query);
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return "Follow[base=%s, types=%s, post=%s, after=%s]".formatted(base, types, post, after);
    }
}
