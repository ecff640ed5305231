package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.signal.Watches;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits for what becomes of a post. It is woken by the outcome, in whichever process that happens, and looks by itself each second, for
 * when the news is lost. It blocks its thread, which should be a virtual one, and holds no connection meanwhile; who stops waiting
 * stops nothing else.
 */
@Singleton
public class PostWaiting {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final PostService posts;
    private final Watches watches;

    PostWaiting(PostService posts, Watches watches) {
        this.posts = posts;
        this.watches = watches;
    }

    /**
     * The post once it {@link Post#rests}, and as it stands where it does not within {@code atMost} of this machine's time.
     *
     * @param whenGone is given what to run when nobody wants the answer any more; then the wait ends at once
     * @throws IllegalStateException inside a transaction
     */
    public Post await(Actor actor, PostId id, Duration atMost, Consumer<Runnable> whenGone) {
        long end = System.nanoTime() + atMost.toNanos();
        try (var watch = watches.on(id)) {
            whenGone.accept(watch::close);
            while (true) {
                var post = posts.read(actor, id);
                var left = Duration.ofNanos(end - System.nanoTime());
                if (post.rests() || watch.isClosed() || !left.isPositive()) {
                    return post;
                }
                watch.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return posts.read(actor, id);
        }
    }
}
