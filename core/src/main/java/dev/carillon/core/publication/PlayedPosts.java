package dev.carillon.core.publication;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Posts that a live key has the sandbox play. They are made of test rows, on stand-ins of the live accounts, so that nothing about them
 * can reach a platform or a bill. A live key acts in test mode for one reason only: what it names is such a post, or a publication of one.
 * That rule stands here, and whoever takes a post's or a publication's id from a caller asks here who is acting.
 */
@Singleton
public class PlayedPosts {
    private final Transactions transactions;
    private final PlayedPostQueries queries;

    PlayedPosts(Transactions transactions, PlayedPostQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /** Who makes a new post, or asks for posts of that kind. */
    public Actor actorFor(Actor caller, boolean sandbox) {
        return sandbox ? caller.playing() : caller;
    }

    /** Who acts on the post: the caller in test mode where a live key had it played, and otherwise the caller. */
    public Actor actorFor(Actor caller, PostId post) {
        return actorFor(caller, isLive(caller) && in(caller, () -> queries.isPlayed(caller.workspace(), post)));
    }

    /** The same for one publication of a post. */
    public Actor actorFor(Actor caller, PublicationId publication) {
        return actorFor(caller, isLive(caller) && in(caller, () -> queries.isPlayed(caller.workspace(), publication)));
    }

    private static boolean isLive(Actor caller) {
        return caller.mode() == Mode.LIVE;
    }

    private boolean in(Actor caller, Supplier<Boolean> look) {
        return transactions.inWorkspace(caller, look);
    }
}
