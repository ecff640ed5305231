package dev.carillon.core.post;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.webhook.endpoint.CallbackAddress;
import dev.carillon.core.webhook.endpoint.PostCallbacks;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Accepts several posts in one transaction. */
@Singleton
public class BatchService {
    private final Transactions transactions;
    private final PostService posts;
    private final SandboxedPosts sandboxed;
    private final PostCallbacks callbacks;

    BatchService(Transactions transactions, PostService posts, SandboxedPosts sandboxed, PostCallbacks callbacks) {
        this.transactions = transactions;
        this.posts = posts;
        this.sandboxed = sandboxed;
        this.callbacks = callbacks;
    }

    /** The result for one post of a batch. */
    public sealed interface Item {
        record Accepted(AcceptedPost post) implements Item {}

        /** Nothing of this post was written. */
        record Refused(ApiException exception) implements Item {}
    }

    /**
     * A draft that was read, or the reason why it could not be read.
     *
     * @param exception why the draft could not be read; thrown only when its turn comes, so that errors in earlier posts
     *     are reported first
     */
    private record Draft(@Nullable NewPost post, @Nullable ApiException exception) {
        static Draft read(Supplier<NewPost> draft) {
            try {
                return new Draft(draft.get(), null);
            } catch (ApiException exception) {
                return new Draft(null, exception);
            }
        }

        NewPost get() {
            if (post == null) {
                throw Objects.requireNonNull(exception);
            }
            return post;
        }
    }

    /**
     * Accepts all of the posts or none.
     *
     * @param drafts each reads its draft, and may refuse to
     * @throws ApiException that of the first refused post, with a pointer that says which post it was
     */
    public List<AcceptedPost> all(Actor actor, List<Supplier<NewPost>> drafts) {
        return inTurn(actor, drafts, read -> {
            var accepted = new ArrayList<AcceptedPost>();
            for (int i = 0; i < read.size(); i++) {
                try {
                    accepted.add(posts.accept(actor, read.get(i).get()));
                } catch (ApiException exception) {
                    throw exception.within("/posts/" + i);
                }
            }
            return accepted;
        });
    }

    /** Accepts the posts that can be accepted, each as if it were sent alone. */
    public List<Item> each(Actor actor, List<Supplier<NewPost>> drafts) {
        return inTurn(actor, drafts, read -> {
            var items = new ArrayList<Item>();
            for (int i = 0; i < read.size(); i++) {
                items.add(one(actor, read.get(i), "/posts/" + i));
            }
            return items;
        });
    }

    /**
     * Reads all drafts first, because the callbacks that they need are locked in one order before the first post is
     * accepted.
     */
    private <T> T inTurn(Actor actor, List<Supplier<NewPost>> drafts, Function<List<Draft>, T> work) {
        var read = drafts.stream().map(Draft::read).toList();
        return transactions.inWorkspace(actor, () -> {
            callbacks.takeTurns(actor.workspace(), addresses(actor, read));
            return work.apply(read);
        });
    }

    private Set<CallbackAddress> addresses(Actor actor, List<Draft> drafts) {
        var addresses = new HashSet<CallbackAddress>();
        for (var draft : drafts) {
            var post = draft.post();
            var url = post == null ? null : post.webhookUrl();
            if (post != null && url != null) {
                addresses.add(new CallbackAddress(
                        sandboxed.actorFor(actor, post.sandbox()).mode(), url));
            }
        }
        return addresses;
    }

    private Item one(Actor actor, Draft draft, String pointer) {
        try {
            return new Item.Accepted(transactions.attempt(() -> posts.accept(actor, draft.get())));
        } catch (ApiException exception) {
            return new Item.Refused(exception.within(pointer));
        }
    }
}
