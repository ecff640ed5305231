package dev.carillon.core.publication;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.Events;
import dev.carillon.core.publication.PublicationState.Failed;
import dev.carillon.core.publication.PublicationState.Held;
import dev.carillon.core.publication.PublicationState.OutcomeUnknown;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublicationState.Published;
import dev.carillon.core.publication.PublicationState.Scheduled;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.signal.Watches;
import dev.carillon.core.spend.ReservationQueries;
import dev.carillon.core.usage.MeterEvents;
import dev.carillon.core.usage.MeterEvents.Counted;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Writes a publication's new state together with everything that follows from it: event, meter event, reservation, hint and the
 * state of its post. Joins the open transaction, in which the row is locked.
 */
@Singleton
class PublicationWriter {
    private final PublicationQueries publications;
    private final PostProgress posts;
    private final MeterEvents meters;
    private final ReservationQueries reservations;
    private final Events events;
    private final Signals signals;
    private final Watches watches;
    private final Transactions transactions;

    PublicationWriter(
            PublicationQueries publications,
            PostProgress posts,
            MeterEvents meters,
            ReservationQueries reservations,
            Events events,
            Signals signals,
            Watches watches,
            Transactions transactions) {
        this.publications = publications;
        this.posts = posts;
        this.meters = meters;
        this.reservations = reservations;
        this.events = events;
        this.signals = signals;
        this.watches = watches;
        this.transactions = transactions;
    }

    void write(Publication publication, Instant now) {
        publications.write(publication, now);
        follow(publication, now);
    }

    /** What follows from a state that is written already. */
    void follow(Publication publication, Instant now) {
        var tenant = publication.tenant();
        var view = PublicationViews.of(publication);
        switch (publication.state()) {
            case Scheduled(var dueAt, var lastFailure) -> {
                publications.hint(publication, dueAt);
                transactions.afterCommit(() -> signals.send(Signal.PUBLICATIONS_DUE));
                events.record(tenant, new Event.PublicationScheduled(view), now);
            }
            case Held(var reason, var failure) -> events.record(tenant, new Event.PublicationHeld(view), now);
            case Processing(var ticket, var askAt) -> events.record(tenant, new Event.PublicationProcessing(view), now);
            case Published(var post, var at) -> {
                meters.count(counted(publication, now));
                reservations.settle(publication.id(), now);
                events.record(tenant, new Event.PublicationPublished(view), now);
            }
            case Failed(var failure) -> {
                reservations.release(publication.id(), now);
                events.record(tenant, new Event.PublicationFailed(view), now);
            }
            case OutcomeUnknown(var failure, var askAt, var asked) ->
                events.record(tenant, new Event.PublicationOutcomeUnknown(view), now);
            case PublicationState.Canceled() -> {
                reservations.release(publication.id(), now);
                events.record(tenant, new Event.PublicationCanceled(view), now);
            }
            case PublicationState.Draft(),
                    PublicationState.PendingApproval(),
                    PublicationState.Publishing(),
                    PublicationState.Missed() ->
                throw new IllegalStateException("nothing writes " + publication.status());
        }
        posts.follow(tenant, publication.post(), now);
        if (publication.status().rests()) {
            transactions.afterCommit(() -> watches.tell(publication.post()));
        }
    }

    private Counted counted(Publication publication, Instant now) {
        return new Counted(
                publication.id(),
                publication.tenant(),
                publication.account(),
                publications.apiKeyOf(publication.post()),
                publication.platform(),
                publication.cost(),
                now);
    }
}
