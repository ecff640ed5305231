package dev.carillon.core.publication;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Posts that a live key sends to the simulated platform. They consist of test rows on sandbox accounts of the live
 * accounts, so that nothing about them can reach a real platform or a bill. A live key acts in test mode for one reason
 * only: it names such a post or a publication of one. This class holds that rule. Every use case that takes the id of a
 * post or a publication from a caller gets the acting actor from here.
 */
@Singleton
public class SandboxedPosts {
    private final Transactions transactions;
    private final SandboxedPostQueries queries;

    SandboxedPosts(Transactions transactions, SandboxedPostQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /** The actor for creating a post or listing posts: in test mode if {@code sandbox} is true. */
    public Actor actorFor(Actor caller, boolean sandbox) {
        return sandbox ? caller.inSandbox() : caller;
    }

    /**
     * The actor for this post: the caller in test mode if a live key sent the post to the simulated platform, and
     * otherwise the caller as is.
     */
    public Actor actorFor(Actor caller, PostId post) {
        return actorFor(caller, isLive(caller) && in(caller, () -> queries.isSandboxed(caller.workspace(), post)));
    }

    /** The actor for one publication of a post, by the same rule. */
    public Actor actorFor(Actor caller, PublicationId publication) {
        return actorFor(
                caller, isLive(caller) && in(caller, () -> queries.isSandboxed(caller.workspace(), publication)));
    }

    private static boolean isLive(Actor caller) {
        return caller.mode() == Mode.LIVE;
    }

    private boolean in(Actor caller, Supplier<Boolean> look) {
        return transactions.inWorkspace(caller, look);
    }
}
