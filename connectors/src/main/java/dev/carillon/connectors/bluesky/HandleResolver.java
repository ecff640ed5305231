package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Answers.Resolved;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.net.OutboundFailure.Kind;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.PublishOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Resolves the handles mentioned in a text. A handle that the server cannot resolve in time stays plain text, because
 * the post matters more than its decoration. Only a problem that would also stop the post is recorded as an obstacle.
 */
final class HandleResolver {
    private final Xrpc xrpc;
    private final Supplier<Instant> now;
    private final Map<String, Optional<String>> asked = new HashMap<>();
    private Optional<PublishOutcome> obstacle = Optional.empty();

    HandleResolver(Xrpc xrpc, Supplier<Instant> now) {
        this.xrpc = xrpc;
        this.now = now;
    }

    Optional<String> resolve(String handle) {
        return obstacle.isPresent()
                ? Optional.empty()
                : asked.computeIfAbsent(handle.toLowerCase(Locale.ROOT), this::ask);
    }

    /** Why the post cannot be sent now; no part of it has been sent. */
    Optional<PublishOutcome> obstacle() {
        return obstacle;
    }

    private Optional<String> ask(String handle) {
        return switch (xrpc.query("com.atproto.identity.resolveHandle", Map.of("handle", handle))) {
            case Answered answer
            when answer.ok() ->
                xrpc.read(answer, Resolved.class).flatMap(resolved -> Optional.ofNullable(resolved.did()));
            case Answered answer
            when answer.status() == 429 -> {
                obstacle = Optional.of(CallOutcomes.throttled(
                        BlueskyErrors.PLATFORM, answer, BlueskyErrors.limited(answer), "", now.get()));
                yield Optional.empty();
            }
            case Answered _, NoAnswer _ -> Optional.empty();
            case NeverSent unsent -> {
                obstacle = unsent.failure().kind() == Kind.DEADLINE
                        ? Optional.empty()
                        : Optional.of(CallOutcomes.notSent(unsent));
                yield Optional.empty();
            }
        };
    }
}
