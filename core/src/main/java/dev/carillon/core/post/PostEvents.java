package dev.carillon.core.post;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.event.Payload.PostPayload;
import dev.carillon.core.publication.PublicationViews;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Records the events of new and edited posts, and wakes the dispatchers once they are committed. Joins the open
 * transaction.
 */
@Singleton
class PostEvents {
    private final Transactions transactions;
    private final EventRecorder events;
    private final Signals signals;

    PostEvents(Transactions transactions, EventRecorder events, Signals signals) {
        this.transactions = transactions;
        this.events = events;
        this.signals = signals;
    }

    void created(Post post, Instant now) {
        var payload = payload(post);
        record(post, new Event.PostCreated(payload), payload, isAhead(post, now), now);
    }

    /**
     * A draft that gets a future time is also recorded as scheduled. A new time for a post that already had one is an
     * update like any other.
     */
    void updated(Post before, Post after, Instant now) {
        var payload = payload(after);
        boolean isScheduled = before.publishAt() == null && isAhead(after, now);
        record(after, new Event.PostUpdated(payload), payload, isScheduled, now);
    }

    private void record(Post post, Event event, PostPayload payload, boolean isScheduled, Instant now) {
        var fact = new Fact(post.tenant(), event, now);
        events.record(
                isScheduled
                        ? List.of(fact, new Fact(post.tenant(), new Event.PostScheduled(payload), now))
                        : List.of(fact));
        transactions.afterCommit(() -> signals.send(Signal.PUBLICATIONS_DUE));
    }

    private static boolean isAhead(Post post, Instant now) {
        return post.publishAt() != null && post.publishAt().isAfter(now);
    }

    private static PostPayload payload(Post post) {
        return new PostPayload(
                post.id().toString(),
                "post",
                post.status().wireName(),
                post.publishAt(),
                post.publications().stream().map(PublicationViews::of).toList(),
                post.metadata(),
                post.tenant().mode().livemode(),
                post.createdAt());
    }
}
