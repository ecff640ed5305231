package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Answers.RecordRef;
import dev.carillon.connectors.bluesky.Answers.Trouble;
import dev.carillon.connectors.bluesky.Records.Ref;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.ReplyTo;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that a part of a thread replies to. Bluesky returned their references when they were published. For
 * a post that a person reported as published only the address is known, and the account's server is asked for the rest.
 */
final class RepliedPosts {
    private static final Pattern POST_URI = Pattern.compile("at://[^/]+/" + Records.POST + "/[A-Za-z0-9._:~-]+");

    private final Xrpc xrpc;
    private final String did;
    private final Supplier<Instant> now;
    private Optional<PublishOutcome> obstacle = Optional.empty();

    RepliedPosts(Xrpc xrpc, String did, Supplier<Instant> now) {
        this.xrpc = xrpc;
        this.did = did;
        this.now = now;
    }

    /** Empty if there is an obstacle. */
    Optional<Records.Reply> refs(ReplyTo replyTo) {
        var parent = ref(replyTo.parent());
        var root = replyTo.root().equals(replyTo.parent()) ? parent : ref(replyTo.root());
        return parent.flatMap(answered -> root.map(first -> new Records.Reply(first, answered)));
    }

    /** Why the post cannot be sent, at all or for now; no part of it has been sent. */
    Optional<PublishOutcome> obstacle() {
        return obstacle;
    }

    private Optional<Ref> ref(PlatformPost post) {
        var uri = post.refs().get("uri");
        var cid = post.refs().get("cid");
        return uri == null || cid == null ? asked(post.id()) : Optional.of(new Ref(uri, cid));
    }

    private Optional<Ref> asked(@Nullable String uri) {
        if (uri == null || !POST_URI.matcher(uri).matches()) {
            return stoppedBy(missing("The stored address of the post to reply to is not a Bluesky post's address."));
        }
        var reply = xrpc.query(
                "com.atproto.repo.getRecord",
                Map.of("repo", did, "collection", Records.POST, "rkey", RecordUri.keyOf(uri)));
        return switch (reply) {
            case Answered answer
            when answer.ok() ->
                xrpc.read(answer, RecordRef.class)
                        .filter(RecordRef::isComplete)
                        .map(ref -> new Ref(Objects.requireNonNull(ref.uri()), Objects.requireNonNull(ref.cid())))
                        .or(() -> stoppedBy(
                                CallOutcomes.beforeThePost(CallOutcomes.unreadable(BlueskyErrors.PLATFORM, answer))));
            case Answered answer
            when answer.status() == 400 -> stoppedBy(missing("The account does not have the post to reply to."));
            case Answered answer ->
                stoppedBy(CallOutcomes.beforeThePost(BlueskyErrors.outcome(
                        answer, xrpc.read(answer, Trouble.class).orElse(Trouble.UNREADABLE), now.get())));
            case NeverSent unsent -> stoppedBy(CallOutcomes.notSent(unsent));
            case NoAnswer silent -> stoppedBy(CallOutcomes.beforeThePost(CallOutcomes.noAnswer(silent)));
        };
    }

    private static PublishOutcome missing(String message) {
        return new PublishOutcome.Rejected(Failure.of(ErrorCode.REPLY_TARGET_MISSING, message));
    }

    private Optional<Ref> stoppedBy(PublishOutcome outcome) {
        obstacle = Optional.of(outcome);
        return Optional.empty();
    }
}
