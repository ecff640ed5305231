package dev.carillon.core.post;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.publication.PostStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects posts; null means all.
 *
 * @param sandbox whether they are live keys' posts that the sandbox simulates
 * @param destination where they are published
 * @param agent the agent whose key made them
 * @param created business time
 * @param publish business time at which they are, or were, to be published
 * @param search words that they contain
 */
public record PostFilter(
        @Nullable PostStatus status,
        @Nullable Boolean sandbox,
        Destination destination,
        @Nullable AgentId agent,
        Span created,
        Span publish,
        @Nullable SearchWords search) {
    public static final PostFilter ALL =
            new PostFilter(null, null, Destination.ANYWHERE, null, Span.ALWAYS, Span.ALWAYS, null);

    /**
     * Where a post is published. Each condition must match at least one of its publications.
     *
     * @param account the account as the caller knows it
     * @param group that one of the post's accounts is in now
     */
    public record Destination(
            @Nullable Platform platform,
            @Nullable AccountId account,
            @Nullable AccountGroupId group) {
        public static final Destination ANYWHERE = new Destination(null, null, null);
    }

    /**
     * A span of time; null for an open end.
     *
     * @param from inclusive
     * @param until exclusive
     */
    public record Span(@Nullable Instant from, @Nullable Instant until) {
        public static final Span ALWAYS = new Span(null, null);
    }

    PostFilter inAnyState() {
        return new PostFilter(null, sandbox, destination, agent, created, publish, search);
    }

    /** Whether the filter selects the posts of one agent, or posts to some of the accounts. */
    boolean isOfSome() {
        return agent != null || !destination.equals(Destination.ANYWHERE);
    }

    /** Whether the filter has conditions other than words and {@code sandbox}. */
    boolean isByMoreThanWords() {
        return !new PostFilter(status, null, destination, agent, created, publish, null).equals(ALL);
    }
}
