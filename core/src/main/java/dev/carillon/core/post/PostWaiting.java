package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.signal.Watches;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for what becomes of a post, woken by the outcome in whichever process that happens; who stops waiting stops nothing else. */
@Singleton
public class PostWaiting {
    private final PostService posts;
    private final Watches watches;

    PostWaiting(PostService posts, Watches watches) {
        this.posts = posts;
        this.watches = watches;
    }

    /**
     * The post once it {@link Post#rests}, and as it stands where it does not within {@code atMost} of this machine's time. Not to be
     * called inside a transaction, whose connection it would hold.
     *
     * @param whenGone is given what to run when nobody wants the answer any more; then the wait ends at once
     */
    public Post await(Actor actor, PostId id, Duration atMost, Consumer<Runnable> whenGone) {
        return watches.await(id, () -> posts.read(actor, id), Post::rests, atMost, whenGone);
    }
}
