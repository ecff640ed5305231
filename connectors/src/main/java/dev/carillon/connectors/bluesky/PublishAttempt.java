package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Answers.RecordRef;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import dev.carillon.core.platform.PublishRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One attempt to publish one post: decide everything, store the draft, send it. */
final class PublishAttempt {
    /** The fraction of the time that resolving mentioned accounts may take. */
    private static final int SHARE_FOR_MENTIONS = 3;

    private final Xrpc xrpc;
    private final AccountSession session;
    private final PublishRequest request;
    private final BlueskySettings settings;
    private final RecordKeys keys;
    private final Supplier<Instant> now;

    PublishAttempt(
            Xrpc xrpc,
            AccountSession session,
            PublishRequest request,
            BlueskySettings settings,
            RecordKeys keys,
            Supplier<Instant> now) {
        this.xrpc = xrpc;
        this.session = session;
        this.request = request;
        this.settings = settings;
        this.keys = keys;
        this.now = now;
    }

    /** The first attempt: no part of this post can be on the network yet. */
    PublishOutcome first() {
        var resolver =
                new HandleResolver(xrpc.until(Deadline.in(xrpc.deadline().left().dividedBy(SHARE_FOR_MENTIONS))), now);
        var replied = new RepliedPosts(xrpc, did(), now);
        var draft = draft(resolver, replied);
        if (resolver.obstacle().isPresent()) {
            return resolver.obstacle().get();
        }
        if (replied.obstacle().isPresent()) {
            return replied.obstacle().get();
        }
        request.keep().accept(draft.toCheckpoint());
        return draft.hasGates() ? sendWithGates(draft) : send(draft);
    }

    /**
     * A later attempt, with what the first one decided. A lone record is simply put again. If records sent in one
     * commit already exist, the server refuses all of them with an error that says nothing, so the server is asked
     * first.
     */
    PublishOutcome again(Draft draft) {
        if (!draft.hasGates()) {
            return send(draft);
        }
        return switch (PostLookUp.of(xrpc, did(), draft, now)) {
            case LookUp.Found(var post) -> new Published(post);
            case LookUp.Absent() -> sendWithGates(draft);
            case LookUp.NotAnswered(var failure, var notBefore) -> new Unconfirmed(failure, notBefore);
            case LookUp.NotAnswerable(), LookUp.NeverSent() ->
                throw new IllegalStateException("a record can always be asked for");
        };
    }

    private Draft draft(HandleResolver resolver, RepliedPosts replied) {
        var moment = now.get().truncatedTo(ChronoUnit.MILLIS);
        var createdAt = moment.toString();
        var key = keys.next(moment);
        var uri = RecordUri.of(did(), Records.POST, key);
        var facets = RichTextFacets.of(request.text(), resolver::resolve);
        var reply = Optional.ofNullable(request.replyTo()).flatMap(replied::refs);
        var json = xrpc.http();
        return new Draft(
                key,
                createdAt,
                json.write(Records.Post.of(request.text(), createdAt, facets, reply.orElse(null), settings)),
                settings.replyControl().map(control -> json.write(Records.Threadgate.of(uri, control, createdAt))),
                settings.quotesAllowed()
                        ? Optional.empty()
                        : Optional.of(json.write(Records.Postgate.withoutQuotes(uri, createdAt))));
    }

    private PublishOutcome send(Draft draft) {
        var reply = session.write("com.atproto.repo.putRecord", Writes.Put.of(did(), draft, xrpc.http()));
        return outcome(reply, draft, answer -> xrpc.read(answer, RecordRef.class));
    }

    /** Sends everything in one commit, so that the post never appears without its restrictions. */
    private PublishOutcome sendWithGates(Draft draft) {
        var reply = session.write("com.atproto.repo.applyWrites", Writes.Apply.of(did(), draft, xrpc.http()));
        return outcome(
                reply, draft, answer -> xrpc.read(answer, Answers.Writes.class).flatMap(Answers.Writes::first));
    }

    private PublishOutcome outcome(OutboundReply reply, Draft draft, Function<Answered, Optional<RecordRef>> read) {
        return switch (reply) {
            case Answered answer
            when answer.ok() ->
                read.apply(answer)
                        .filter(RecordRef::isComplete)
                        .<PublishOutcome>map(ref -> new Published(draft.published(
                                did(), Objects.requireNonNull(ref.uri()), Objects.requireNonNull(ref.cid()))))
                        .orElseGet(() -> CallOutcomes.unreadable(BlueskyErrors.PLATFORM, answer));
            case Answered answer -> session.refusal(answer);
            case NeverSent unsent -> CallOutcomes.notSent(unsent);
            case NoAnswer silent -> CallOutcomes.noAnswer(silent);
        };
    }

    private String did() {
        return request.account().externalId();
    }
}
