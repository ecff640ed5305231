package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.publication.Retries;
import jakarta.inject.Singleton;
import java.util.List;

/** Sends again what has failed of a post. */
@Singleton
public class RetryService {
    private final Transactions transactions;
    private final PostService posts;
    private final Retries retries;
    private final Clocks clocks;

    RetryService(Transactions transactions, PostService posts, Retries retries, Clocks clocks) {
        this.transactions = transactions;
        this.posts = posts;
        this.retries = retries;
        this.clocks = clocks;
    }

    /**
     * Makes the post's failed and missed publications due now, or those of them that are named; what is published is left alone.
     *
     * @param targets ids of publications, or of their accounts
     * @throws dev.carillon.core.kernel.Refusal {@code already_published} when a published one is named, {@code nothing_to_retry}
     */
    public Post retry(Actor actor, PostId id, List<Id> targets) {
        actor.require(Scope.POSTS_PUBLISH);
        return transactions.inWorkspace(actor.workspace(), () -> {
            var post = posts.existing(actor, id);
            retries.retry(actor, post.publications(), targets, clocks.now(actor.workspace(), actor.mode()));
            return posts.existing(actor, id);
        });
    }
}
