package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.connectors.rules.PostFingerprint;
import dev.carillon.connectors.sandbox.SandboxApi.Listed;
import dev.carillon.connectors.sandbox.SandboxApi.Matches;
import dev.carillon.connectors.sandbox.SandboxApi.RecentPage;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.RecoveryCapability;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a post whose outcome is unknown, with no more certainty than the simulated platform would offer.
 *
 * <p>A heuristic look-up guarantees this: the post that it finds is on the account, has the same text, was made when
 * this post could have been made, and is the only such post there. If two posts look alike it does not choose: nothing
 * is found. It cannot tell which publication a post belongs to; the caller, which knows the other publications, checks
 * that none of them has or may have it.
 */
@Singleton
final class SandboxLookUp {
    private static final String CLIENT_KEY = "client_key";

    /**
     * Pages of 100 posts each. An account with more posts within the time of one attempt is not searched to the end.
     */
    private static final int MOST_PAGES = 10;

    private final SandboxApi api;
    private final Clocks clocks;

    SandboxLookUp(SandboxApi api, Clocks clocks) {
        this.api = api;
        this.clocks = clocks;
    }

    /**
     * What must be stored before the post is sent, so that it can be looked up. Never empty, because an empty
     * checkpoint means that nothing was sent.
     */
    Checkpoint checkpoint(
            RecoveryCapability capability,
            ConnectedAccount account,
            String clientKey,
            String text,
            @Nullable String replyTo) {
        return switch (capability) {
            case OWN_IDEMPOTENCY, EXACT_LOOK_UP -> new Checkpoint(Map.of(CLIENT_KEY, clientKey));
            // The platform receives the same time with the post.
            case HEURISTIC_LOOK_UP, NOT_ANSWERABLE ->
                PostFingerprint.of(text, replyTo, clocks.now(account.workspace(), account.mode()))
                        .checkpoint();
        };
    }

    LookUp find(RecoveryCapability capability, ConnectedAccount account, Checkpoint checkpoint, Deadline deadline) {
        if (checkpoint.equals(Checkpoint.NONE)) {
            return new LookUp.NeverSent();
        }
        var known =
                switch (capability) {
                    case OWN_IDEMPOTENCY, EXACT_LOOK_UP ->
                        checkpoint.value(CLIENT_KEY).map(key -> withClientKey(account, key, deadline));
                    case HEURISTIC_LOOK_UP ->
                        PostFingerprint.in(checkpoint).map(sent -> lookingLike(sent, account, deadline));
                    case NOT_ANSWERABLE -> Optional.<LookUp>empty();
                };
        return known.orElseGet(LookUp.NotAnswerable::new);
    }

    /** Whether a post still exists, by its id. Every platform that can be asked at all can answer this. */
    LookUp stands(RecoveryCapability capability, ConnectedAccount account, PlatformPost post, Deadline deadline) {
        var id = post.id();
        if (capability == RecoveryCapability.NOT_ANSWERABLE || id == null) {
            return new LookUp.NotAnswerable();
        }
        var reply = api.one(account.id().toString(), id, deadline);
        if (reply instanceof Answered answer && answer.status() == 404) {
            return new LookUp.Absent();
        }
        return answered(account, reply, answer -> api.read(answer, Listed.class)
                .map(listed -> listed.deletedAt() == null ? new LookUp.Found(post) : new LookUp.Absent()));
    }

    private LookUp withClientKey(ConnectedAccount account, String key, Deadline deadline) {
        return answered(account, api.withClientKey(account.id().toString(), key, deadline), answer -> api.read(
                        answer, Matches.class)
                .flatMap(read -> Optional.ofNullable(read.data()))
                .map(matches -> matches.stream()
                        .map(SandboxApi::post)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .<LookUp>map(LookUp.Found::new)
                        .orElseGet(LookUp.Absent::new)));
    }

    private LookUp lookingLike(PostFingerprint sent, ConnectedAccount account, Deadline deadline) {
        return search(sent, account, Optional.empty(), new ArrayList<>(), 1, deadline);
    }

    private LookUp search(
            PostFingerprint sent,
            ConnectedAccount account,
            Optional<String> cursor,
            List<PlatformPost> alike,
            int page,
            Deadline deadline) {
        var reply = api.recent(account.id().toString(), sent.since(), sent.until(), cursor, deadline);
        return answered(account, reply, answer -> api.read(answer, RecentPage.class)
                .flatMap(read -> Optional.ofNullable(read.data()).map(posts -> {
                    posts.stream()
                            .filter(post -> post.text() != null && sent.isSaidBy(post.text(), post.replyTo()))
                            .forEach(post ->
                                    SandboxApi.post(post.id(), post.url()).ifPresent(alike::add));
                    var next = Optional.ofNullable(read.nextCursor());
                    return next.isEmpty() || page == MOST_PAGES
                            ? conclusion(alike, next.isEmpty())
                            : search(sent, account, next, alike, page + 1, deadline);
                })));
    }

    private static LookUp conclusion(List<PlatformPost> alike, boolean sawAll) {
        if (!sawAll) {
            return undecided("The account has more posts from that time than the lookup searches.");
        }
        return switch (alike.size()) {
            case 0 -> new LookUp.Absent();
            case 1 -> new LookUp.Found(alike.getFirst());
            default -> undecided("%d posts from that time have the same text.".formatted(alike.size()));
        };
    }

    private static LookUp undecided(String reason) {
        return new LookUp.NotAnswered(Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, reason));
    }

    private LookUp answered(
            ConnectedAccount account, OutboundReply reply, Function<Answered, Optional<LookUp>> reading) {
        return switch (reply) {
            case Answered answer
            when answer.ok() ->
                reading.apply(answer)
                        .orElseGet(() -> new LookUp.NotAnswered(CallOutcomes.unreadable(SandboxErrors.PLATFORM, answer)
                                .failure()));
            case Answered answer when api.isUnregistered(answer) -> new LookUp.Absent();
            case Answered answer ->
                CallOutcomes.notAnswered(SandboxErrors.outcome(
                        answer, api.trouble(answer), clocks.now(account.workspace(), account.mode())));
            case NeverSent unsent -> CallOutcomes.notAnswered(CallOutcomes.notSent(unsent));
            case NoAnswer silent -> CallOutcomes.notAnswered(CallOutcomes.noAnswer(silent));
        };
    }
}
