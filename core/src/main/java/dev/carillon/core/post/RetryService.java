package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.publication.ContentGuard;
import dev.carillon.core.publication.Retries;
import jakarta.inject.Singleton;
import java.util.List;

/** Sends again what has failed of a post. */
@Singleton
public class RetryService {
    private final Transactions transactions;
    private final PostService posts;
    private final Retries retries;
    private final ContentGuard guard;
    private final Clocks clocks;

    RetryService(Transactions transactions, PostService posts, Retries retries, ContentGuard guard, Clocks clocks) {
        this.transactions = transactions;
        this.posts = posts;
        this.retries = retries;
        this.guard = guard;
        this.clocks = clocks;
    }

    /**
     * Makes the post's failed and missed publications due now, or those of them that are named; what is published is left alone.
     *
     * @param targets ids of publications, or of their accounts
     * @param allowDuplicate whether what another post has said on the account meanwhile is said there again
     * @throws dev.carillon.core.kernel.Refusal {@code already_published} when a published one is named, {@code nothing_to_retry},
     *     {@code duplicate_content}
     */
    public Post retry(Actor actor, PostId id, List<Id> targets, boolean allowDuplicate) {
        actor.require(Scope.POSTS_PUBLISH);
        return transactions.inWorkspace(actor.workspace(), () -> {
            var post = posts.read(actor, id);
            var now = clocks.now(actor.workspace(), actor.mode());
            var retried = retries.retry(actor, post.publications(), targets, now);
            guard.arm(retried, post.content(), allowDuplicate, now);
            return posts.read(actor, id);
        });
    }
}
