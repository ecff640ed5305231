package dev.carillon.api.post;

import dev.carillon.api.http.Connections;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.post.PostResponse.Warning;
import dev.carillon.core.apikey.Actor;
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
 * Holds back the reply to an accepted post until nothing about it moves any more. What an idempotency key keeps is the reply that accepted
 * it: a repetition finds the post there, waits again and tells how it stands then, so that a caller who lost the reply learns the end
 * all the same.
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

    /** What is kept of the reply that accepted. */
    @Wire
    record Accepted(String id, @Nullable List<Warning> warnings) {}

    /** The reply after the wait: 201 once the post rests, 202 while it is on its way; a refusal as it is. */
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
