package dev.carillon.core.post;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.signal.KeyedNotifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits for the outcome of a post, in whichever process it is recorded. A caller that stops waiting affects nothing
 * else.
 */
@Singleton
public class PostWaiting {
    private final PostService posts;
    private final KeyedNotifier notifier;

    PostWaiting(PostService posts, KeyedNotifier notifier) {
        this.posts = posts;
        this.notifier = notifier;
    }

    /**
     * The post as soon as it {@link Post#rests}, or as it is after {@code atMost}, measured on this machine's clock. Do
     * not call this inside a transaction: it would hold the connection for the whole wait.
     *
     * @param whenGone receives a callback to run when the answer is no longer wanted; the wait then ends at once
     */
    public Post await(Actor actor, PostId id, Duration atMost, Consumer<Runnable> whenGone) {
        return notifier.await(id, () -> posts.read(actor, id), Post::rests, atMost, whenGone);
    }
}
