package dev.carillon.api.post;

import dev.carillon.api.http.Connections;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.post.PostResponse.Warning;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.post.PostWaiting;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delays the reply to an accepted post until nothing more happens by itself. The idempotency key stores the reply that accepted the post. A
 * repetition finds that post, waits again and returns its state at that time, so that a caller who lost the reply still learns the outcome.
 */
@Singleton
class WaitedReplies {
    private final PostWaiting waiting;
    private final IdempotentReplies replies;
    private final Json json;

    WaitedReplies(PostWaiting waiting, IdempotentReplies replies, Json json) {
        this.waiting = waiting;
        this.replies = replies;
        this.json = json;
    }

    /** The stored part of the reply that accepted the post. */
    @Wire
    record Accepted(String id, @Nullable List<Warning> warnings) {}

    /**
     * The reply after the wait: 201 if nothing more happens by itself, 202 while the post is in progress; a refusal is
     * returned unchanged.
     */
    HttpResponse<String> after(Actor actor, HttpRequest<?> request, HttpResponse<String> accepted, Duration wait) {
        if (accepted.code() != HttpStatus.CREATED.getCode()) {
            return accepted;
        }
        var kept = json.read(accepted.getBody().orElseThrow(), Accepted.class);
        var id = PostId.KIND.read(kept.id()).orElseThrow();
        var post = waiting.await(actor, id, wait, gone -> Connections.whenClosed(request, gone));
        var warnings = kept.warnings() == null ? List.<Warning>of() : kept.warnings();
        return replies.instead(
                accepted,
                post.rests() ? HttpStatus.CREATED : HttpStatus.ACCEPTED,
                PostResponse.of(actor, post, warnings));
    }
}
