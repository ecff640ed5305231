package dev.carillon.core.post;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.post.TargetResolver.ResolvedPost;
import dev.carillon.core.webhook.endpoint.PostCallbacks;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a caller wants into a post that can be written: resolves its targets, checks its content, determines its
 * time, and plans and prices its publications. New posts and edits go through the same checks. Joins the open
 * transaction.
 */
@Singleton
class PostPreparation {
    private final TargetResolver targets;
    private final ContentCheck content;
    private final PostPlan plan;
    private final PostFactory factory;
    private final PostCallbacks callbacks;
    private final Clocks clocks;

    PostPreparation(
            TargetResolver targets,
            ContentCheck content,
            PostPlan plan,
            PostFactory factory,
            PostCallbacks callbacks,
            Clocks clocks) {
        this.targets = targets;
        this.content = content;
        this.plan = plan;
        this.factory = factory;
        this.callbacks = callbacks;
        this.clocks = clocks;
    }

    /**
     * A new post. The callback of its {@code webhookUrl} is the only thing that is written.
     *
     * @throws dev.carillon.core.kernel.ApiException with what is wrong with it
     */
    PreparedPost create(Actor caller, NewPost wanted) {
        var source = checked(caller, wanted);
        var now = now(source);
        var callback = callback(source);
        var publishAt = plan.publishAt(source.draft().when(), now);
        return new PreparedPost(factory.of(source, publishAt, now), now, source, callback);
    }

    /**
     * The next revision of a post; writes nothing.
     *
     * @param before locked, with its publications
     * @throws dev.carillon.core.kernel.ApiException as for a new post
     */
    PreparedPost revise(Actor caller, Post before, PostEdit edit) {
        var source = checked(caller, edit.applyTo(before, caller.mode()));
        var now = now(source);
        var publishAt = edit.when() == null ? before.publishAt() : plan.publishAt(edit.when(), now);
        return new PreparedPost(factory.revised(before, source, publishAt, now), now, source, null);
    }

    private ResolvedPost checked(Actor caller, NewPost wanted) {
        var resolved = targets.resolve(caller, wanted);
        content.check(resolved.draft(), resolved.accounts());
        return resolved;
    }

    private Instant now(ResolvedPost source) {
        return clocks.now(source.actor().workspace(), source.actor().mode());
    }

    private @Nullable WebhookEndpointId callback(ResolvedPost source) {
        var url = source.draft().webhookUrl();
        return url == null ? null : callbacks.at(source.actor().tenant(), url);
    }
}
