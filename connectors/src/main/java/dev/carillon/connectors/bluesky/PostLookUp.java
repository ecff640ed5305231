package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Answers.RecordRef;
import dev.carillon.connectors.bluesky.Answers.Trouble;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Looks up the record with our key on the account's own server, which is authoritative. */
final class PostLookUp {
    private PostLookUp() {}

    static LookUp of(Xrpc xrpc, String did, Draft draft, Supplier<Instant> now) {
        var reply = xrpc.query(
                "com.atproto.repo.getRecord", Map.of("repo", did, "collection", Records.POST, "rkey", draft.key()));
        return switch (reply) {
            case Answered answer when answer.ok() -> found(xrpc, answer, did, draft);
            case Answered answer -> missing(xrpc, answer, now.get());
            case NeverSent unsent -> CallOutcomes.notAnswered(CallOutcomes.notSent(unsent));
            case NoAnswer silent -> CallOutcomes.notAnswered(CallOutcomes.noAnswer(silent));
        };
    }

    private static LookUp found(Xrpc xrpc, Answered answer, String did, Draft draft) {
        return xrpc.read(answer, RecordRef.class)
                .filter(RecordRef::isComplete)
                .<LookUp>map(ref -> new LookUp.Found(
                        draft.published(did, Objects.requireNonNull(ref.uri()), Objects.requireNonNull(ref.cid()))))
                .orElseGet(() -> new LookUp.NotAnswered(
                        CallOutcomes.unreadable(BlueskyErrors.PLATFORM, answer).failure()));
    }

    private static LookUp missing(Xrpc xrpc, Answered answer, Instant now) {
        var trouble = xrpc.read(answer, Trouble.class).orElse(Trouble.UNREADABLE);
        if (answer.status() == 400 && trouble.name().equals("RecordNotFound")) {
            return new LookUp.Absent();
        }
        var message = "The account's server could not say if the post exists (status %d).".formatted(answer.status());
        return CallOutcomes.notAnswered(
                Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, message, trouble.text()), answer, now);
    }
}
