package dev.carillon.core.post;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.publication.PostStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which posts are asked for; null means all.
 *
 * @param sandbox whether a live key had the sandbox play them
 * @param platform of one of its accounts
 * @param account one of its accounts, as the caller knows it
 * @param agent whose key made it
 * @param created business time
 * @param publish business time at which they are to go out, or were to
 */
public record PostFilter(
        @Nullable PostStatus status,
        @Nullable Boolean sandbox,
        @Nullable Platform platform,
        @Nullable AccountId account,
        @Nullable AgentId agent,
        Span created,
        Span publish) {
    public static final PostFilter ALL = new PostFilter(null, null, null, null, null, Span.ALWAYS, Span.ALWAYS);

    /**
     * A stretch of time; null where it has no end.
     *
     * @param from inclusive
     * @param until exclusive
     */
    public record Span(@Nullable Instant from, @Nullable Instant until) {
        public static final Span ALWAYS = new Span(null, null);
    }
}
