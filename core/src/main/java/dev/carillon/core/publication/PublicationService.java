package dev.carillon.core.publication;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.PublicationQueries.Hint;
import dev.carillon.core.spend.ReservationQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Adds, shows and cancels publications. */
@Singleton
public class PublicationService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final ReservationQueries reservations;
    private final InterventionQueries interventions;
    private final PublicationSteps steps;
    private final PlayedPosts played;
    private final Clocks clocks;

    PublicationService(
            Transactions transactions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            ReservationQueries reservations,
            InterventionQueries interventions,
            PublicationSteps steps,
            PlayedPosts played,
            Clocks clocks) {
        this.transactions = transactions;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.reservations = reservations;
        this.interventions = interventions;
        this.steps = steps;
        this.played = played;
        this.clocks = clocks;
    }

    public Publication get(Actor actor, PublicationId id) {
        actor.require(Scope.POSTS_READ);
        return transactions.inWorkspace(actor.workspace(), () -> existing(actor, id));
    }

    /** The attempts of one publication, first to last. */
    public List<Attempt> attempts(Actor actor, PublicationId id) {
        actor.require(Scope.POSTS_READ);
        return transactions.inWorkspace(
                actor.workspace(), () -> attempts.of(existing(actor, id).id()));
    }

    /** Adds a new post's publications, holds what they cost and tells the dispatcher; joins the open transaction. */
    public void add(List<Publication> fresh, Instant now) {
        publications.add(fresh);
        var hints = new ArrayList<Hint>();
        for (var publication : fresh) {
            if (publication.isPlanned()) {
                reservations.reserve(publication.id(), publication.tenant(), publication.cost(), now);
            }
            if (publication.state() instanceof PublicationState.Scheduled(var dueAt, var lastFailure)) {
                hints.add(Hint.of(publication, dueAt));
            }
        }
        publications.hint(hints);
    }

    /** Those of the posts, by post and position; joins the open transaction. */
    public List<Publication> ofPosts(Collection<PostId> posts) {
        return publications.ofPosts(posts);
    }

    /**
     * Cancels what has not been marked; joins the open transaction.
     *
     * @return what was canceled; what the platform may have got already is not among it
     */
    public List<Publication> cancel(Actor actor, PostId post, Instant now) {
        var canceled = publications.cancel(post, now);
        writer.follow(canceled.stream()
                .map(publication -> new Change(publication, now))
                .toList());
        canceled.forEach(publication -> steps.record(publication, StepKind.CANCELED, Intervention.by(actor)));
        return canceled;
    }

    /**
     * Cancels one that has not been sent, and what waits for it in its thread. The database decides the race with the worker: what is canceled is never sent, and what may
     * have been sent is never canceled. Canceling twice is harmless.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code already_publishing} when it is on its way, {@code not_cancelable} when it has ended
     *     otherwise
     */
    public Publication cancel(Actor caller, PublicationId id) {
        caller.require(Scope.POSTS_SCHEDULE);
        return transactions.inWorkspace(caller.workspace(), () -> {
            var actor = played.actorFor(caller, id);
            var now = clocks.now(actor.workspace(), actor.mode());
            return interventions
                    .cancel(actor.tenant(), id, now)
                    .map(canceled -> {
                        writer.follow(List.of(new Change(canceled, now)));
                        steps.record(canceled, StepKind.CANCELED, Intervention.by(actor));
                        return canceled;
                    })
                    .orElseGet(() -> canceledBefore(existing(actor, id)));
        });
    }

    private static Publication canceledBefore(Publication publication) {
        if (publication.status() == PublicationStatus.CANCELED) {
            return publication;
        }
        throw publication.status().isTerminal()
                ? ErrorCode.NOT_CANCELABLE.because(
                        "Publication %s has ended as %s; only what has not been sent can be canceled."
                                .formatted(
                                        publication.id(), publication.status().wireName()))
                : ErrorCode.ALREADY_PUBLISHING.because(
                        "Publication %s is being published and cannot be stopped any more; wait for its outcome."
                                .formatted(publication.id()));
    }

    private Publication existing(Actor caller, PublicationId id) {
        return publications
                .find(played.actorFor(caller, id).tenant(), id)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no publication %s.".formatted(id)));
    }
}
