package dev.carillon.core.publication;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.PublicationQueries.Hint;
import dev.carillon.core.publication.PublicationState.Failed;
import dev.carillon.core.publication.PublicationState.Held;
import dev.carillon.core.publication.PublicationState.OutcomeUnknown;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublicationState.Published;
import dev.carillon.core.publication.PublicationState.Scheduled;
import dev.carillon.core.publication.reconciliation.CheckPlanner;
import dev.carillon.core.signal.KeyedNotifier;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.spend.ReservationQueries;
import dev.carillon.core.usage.MeterEvents;
import dev.carillon.core.usage.MeterEvents.Counted;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes new states of publications together with everything that follows from them: events, meter events,
 * reservations, hints and the states of their posts. Each kind takes one statement, however many publications there
 * are. Joins the open transaction, in which the rows are locked.
 */
@Singleton
public class PublicationWriter {
    private final PublicationQueries publications;
    private final CheckPlanner checkPlanner;
    private final ThreadFlow threads;
    private final PostProgress posts;
    private final MeterEvents meters;
    private final ReservationQueries reservations;
    private final EventRecorder events;
    private final Transactions transactions;
    private final Signals signals;
    private final KeyedNotifier notifier;

    PublicationWriter(
            PublicationQueries publications,
            CheckPlanner checkPlanner,
            ThreadFlow threads,
            PostProgress posts,
            MeterEvents meters,
            ReservationQueries reservations,
            EventRecorder events,
            Transactions transactions,
            Signals signals,
            KeyedNotifier notifier) {
        this.publications = publications;
        this.checkPlanner = checkPlanner;
        this.threads = threads;
        this.posts = posts;
        this.meters = meters;
        this.reservations = reservations;
        this.events = events;
        this.transactions = transactions;
        this.signals = signals;
        this.notifier = notifier;
    }

    public void write(Publication publication, Instant now) {
        write(List.of(new Change(publication, now)));
    }

    public void write(List<Change> changes) {
        publications.write(checkPlanner.planned(changes));
        follow(changes);
    }

    /**
     * Writes what follows from states that are already written, including for later parts of their threads.
     *
     * @return these changes, and those of the parts that changed with them
     */
    public List<Change> follow(List<Change> written) {
        if (written.isEmpty()) {
            return written;
        }
        var changes = Stream.concat(written.stream(), threads.follow(written).stream())
                .toList();
        var locked = posts.lock(changes);
        var follows = new Consequences();
        for (var change : changes) {
            var head = Objects.requireNonNull(locked.get(change.publication().post()));
            follows.add(change, head.apiKey());
        }
        follows.facts.addAll(posts.follow(locked, changes));
        meters.count(follows.counted);
        reservations.settle(follows.settled);
        reservations.release(follows.released);
        follows.again.forEach(change -> reserveAgain(change.publication(), change.at()));
        if (!follows.hints.isEmpty()) {
            publications.hint(follows.hints);
            transactions.afterCommit(() -> signals.send(Signal.PUBLICATIONS_DUE));
        }
        events.record(follows.facts);
        changes.stream()
                .map(Change::publication)
                .filter(publication -> publication.status().rests())
                .forEach(publication -> transactions.afterCommit(() -> notifier.tell(publication.post())));
        return changes;
    }

    private void reserveAgain(Publication publication, Instant now) {
        reservations.reserveAgain(publication.id(), publication.tenant(), publication.cost(), now);
    }

    /** Collects what has to be written besides the states. */
    private static final class Consequences {
        private final List<Fact> facts = new ArrayList<>();
        private final List<Counted> counted = new ArrayList<>();
        private final List<Hint> hints = new ArrayList<>();
        private final Map<PublicationId, Instant> settled = new LinkedHashMap<>();
        private final Map<PublicationId, Instant> released = new LinkedHashMap<>();
        private final List<Change> again = new ArrayList<>();

        void add(Change change, @Nullable ApiKeyId apiKey) {
            var publication = change.publication();
            facts.add(new Fact(publication.tenant(), event(publication), change.at()));
            switch (publication.state()) {
                case Scheduled(var dueAt, var lastFailure) -> hints.add(Hint.of(publication, dueAt));
                case Published(var post, var at) -> {
                    counted.add(counted(publication, apiKey, change.at()));
                    settled.put(publication.id(), change.at());
                }
                case Failed(var failure) -> released.put(publication.id(), change.at());
                case PublicationState.Missed(var failure) -> released.put(publication.id(), change.at());
                case PublicationState.Canceled() -> released.put(publication.id(), change.at());
                case PublicationState.Draft(), PublicationState.PendingApproval(), PublicationState.Publishing() -> {}
                case Held(var reason, var failure) -> {
                    switch (reason) {
                        case WAITING_FOR_PARENT -> again.add(change);
                        case PARENT_NOT_PUBLISHED -> released.put(publication.id(), change.at());
                        case RECONNECT, ACCOUNT_DISCONNECTED -> {}
                    }
                }
                case Processing(var ticket, var askAt) -> {}
                case OutcomeUnknown(var failure, var askAt, var asked) -> {}
            }
        }

        private static Event event(Publication publication) {
            var view = PublicationViews.of(publication);
            return switch (publication.state()) {
                case Scheduled(var dueAt, var lastFailure) -> new Event.PublicationScheduled(view);
                case Held(var reason, var failure) -> new Event.PublicationHeld(view);
                case Processing(var ticket, var askAt) -> new Event.PublicationProcessing(view);
                case Published(var post, var at) -> new Event.PublicationPublished(view);
                case Failed(var failure) -> new Event.PublicationFailed(view);
                case OutcomeUnknown(var failure, var askAt, var asked) -> new Event.PublicationOutcomeUnknown(view);
                case PublicationState.Missed(var failure) -> new Event.PublicationMissed(view);
                case PublicationState.Canceled() -> new Event.PublicationCanceled(view);
                case PublicationState.Draft(), PublicationState.PendingApproval(), PublicationState.Publishing() ->
                    throw new IllegalStateException("no statement writes the status " + publication.status());
            };
        }

        private static Counted counted(Publication publication, @Nullable ApiKeyId apiKey, Instant now) {
            return new Counted(
                    publication.id(),
                    publication.tenant(),
                    publication.account(),
                    apiKey,
                    publication.platform(),
                    publication.cost(),
                    now);
        }
    }
}
