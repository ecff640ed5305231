package dev.carillon.core.post;

import dev.carillon.core.kernel.AccountGroupId;
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
 * @param destination where they go
 * @param agent whose key made it
 * @param created business time
 * @param publish business time at which they are to go out, or were to
 * @param search words that they say
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
     * Where a post goes, by one of its publications for each of these.
     *
     * @param account as the caller knows it
     * @param group that one of its accounts is in now
     */
    public record Destination(
            @Nullable Platform platform,
            @Nullable AccountId account,
            @Nullable AccountGroupId group) {
        public static final Destination ANYWHERE = new Destination(null, null, null);
    }

    /**
     * A stretch of time; null where it has no end.
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

    /** Whether only one agent's posts, or those that go to a part of the accounts, are asked for. */
    boolean isOfSome() {
        return agent != null || !destination.equals(Destination.ANYWHERE);
    }

    /** Whether anything but words is asked for. */
    boolean isByMoreThanWords() {
        return !new PostFilter(status, null, destination, agent, created, publish, null).equals(ALL);
    }
}
