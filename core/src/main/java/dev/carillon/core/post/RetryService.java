package dev.carillon.core.post;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.duplicate.ContentGuard;
import dev.carillon.core.publication.intervention.NewTime;
import dev.carillon.core.publication.intervention.PublicationRetrier;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/** Retries the failed and missed publications of a post, or gives the missed ones a new time. */
@Singleton
public class RetryService {
    private final Transactions transactions;
    private final PostService posts;
    private final PostPlan plan;
    private final SandboxedPosts sandboxed;
    private final PublicationRetrier retrier;
    private final ContentGuard guard;
    private final Clocks clocks;

    RetryService(
            Transactions transactions,
            PostService posts,
            PostPlan plan,
            SandboxedPosts sandboxed,
            PublicationRetrier retrier,
            ContentGuard guard,
            Clocks clocks) {
        this.transactions = transactions;
        this.posts = posts;
        this.plan = plan;
        this.sandboxed = sandboxed;
        this.retrier = retrier;
        this.guard = guard;
        this.clocks = clocks;
    }

    /**
     * Makes the post's failed and missed publications due now, or only the named ones. Published ones stay as they are.
     *
     * @param targets ids of publications, or of their accounts
     * @param allowDuplicate whether to publish content again that another post has published on the account in the
     *     meantime
     * @throws dev.carillon.core.kernel.ApiException {@code already_published} if a published one is named,
     *     {@code nothing_to_retry}, {@code duplicate_content}
     */
    public Post retry(Actor caller, PostId id, List<Id> targets, boolean allowDuplicate) {
        caller.require(Scope.POSTS_PUBLISH);
        return transactions.inWorkspace(caller, () -> {
            var actor = sandboxed.actorFor(caller, id);
            var post = posts.existing(actor, id);
            var now = clocks.now(actor.workspace(), actor.mode());
            var retried = retrier.retry(actor, post.publications(), targets, now);
            guard.arm(retried, post.content(), allowDuplicate, now);
            return posts.existing(actor, id);
        });
    }

    /**
     * Gives the post's missed publications a new time, or only the named ones.
     *
     * @param when now, or a time in the future
     * @throws dev.carillon.core.kernel.ApiException as above, {@code nothing_to_reschedule}, {@code time_in_past}
     */
    public Post reschedule(Actor caller, PostId id, List<Id> targets, When when, boolean allowDuplicate) {
        caller.require(PostService.scopeFor(when));
        return transactions.inWorkspace(caller, () -> {
            var actor = sandboxed.actorFor(caller, id);
            var post = posts.existing(actor, id);
            var now = clocks.now(actor.workspace(), actor.mode());
            var time = new NewTime(
                    Objects.requireNonNull(plan.publishAt(when, now), "a draft has no time"), when instanceof When.Now);
            var again = retrier.reschedule(actor, post.publications(), targets, time, now);
            guard.arm(again, post.content(), allowDuplicate, now);
            posts.moved(id, time.at(), now);
            return posts.existing(actor, id);
        });
    }
}
