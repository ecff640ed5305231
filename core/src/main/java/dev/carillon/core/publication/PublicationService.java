package dev.carillon.core.publication;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Sql.Both;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.PublicationQueries.Hint;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.core.publication.attempt.AttemptQueries;
import dev.carillon.core.publication.intervention.Intervention;
import dev.carillon.core.publication.intervention.InterventionQueries;
import dev.carillon.core.spend.ReservationQueries;
import dev.carillon.core.spend.ReservationQueries.Held;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Adds, reads and cancels publications. */
@Singleton
public class PublicationService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final ReservationQueries reservations;
    private final InterventionQueries interventions;
    private final PublicationSteps steps;
    private final SandboxedPosts sandboxed;
    private final Clocks clocks;

    PublicationService(
            Transactions transactions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            ReservationQueries reservations,
            InterventionQueries interventions,
            PublicationSteps steps,
            SandboxedPosts sandboxed,
            Clocks clocks) {
        this.transactions = transactions;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.reservations = reservations;
        this.interventions = interventions;
        this.steps = steps;
        this.sandboxed = sandboxed;
        this.clocks = clocks;
    }

    public Publication get(Actor actor, PublicationId id) {
        actor.require(Scope.POSTS_READ);
        return transactions.inWorkspace(actor, () -> existing(actor, id));
    }

    /** The attempts of one publication, first to last. */
    public List<Attempt> attempts(Actor actor, PublicationId id) {
        actor.require(Scope.POSTS_READ);
        return transactions.inWorkspace(
                actor, () -> attempts.of(existing(actor, id).id()));
    }

    /** Adds a new post's publications, holds their cost and tells the dispatcher; joins the open transaction. */
    public void add(List<Publication> fresh, Instant now) {
        publications.add(fresh);
        var held = new ArrayList<Publication>();
        var hints = new ArrayList<Hint>();
        for (var publication : fresh) {
            if (publication.isPlanned()) {
                held.add(publication);
            }
            if (publication.state() instanceof PublicationState.Scheduled(var dueAt, var lastFailure)) {
                hints.add(Hint.of(publication, dueAt));
            }
        }
        reservations.reserve(
                held.stream()
                        .map(each -> new Held(each.id(), each.tenant(), each.cost()))
                        .toList(),
                now);
        publications.hint(hints);
    }

    /**
     * The publications of these posts, by post and position, together with the rows of another statement, in one round
     * trip; joins the open transaction.
     */
    public <T> Both<List<T>, List<Publication>> ofPostsWith(
            Sql.Bound other, Function<Row, T> map, Collection<PostId> posts) {
        return publications.ofPostsWith(other, map, posts);
    }

    /**
     * Cancels the publications of a post that have not been started; joins the open transaction.
     *
     * @return the canceled publications, without those that the platform may already have
     */
    public List<Publication> cancel(Actor actor, PostId post) {
        var now = clocks.now(actor.workspace(), actor.mode());
        var canceled = publications.cancel(post, now);
        writer.follow(canceled.stream()
                .map(publication -> new Change(publication, now))
                .toList());
        canceled.forEach(publication -> steps.record(publication, StepKind.CANCELED, Intervention.by(actor)));
        return canceled;
    }

    /**
     * Cancels a publication that has not been sent, and the parts of its thread that wait for it. The database decides
     * the race with the worker: a canceled publication is never sent, and one that may have been sent is never
     * canceled. Canceling twice is harmless.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code already_publishing} if it is being published, {@code
     *     not_cancelable} if it has ended in another state
     */
    public Publication cancel(Actor caller, PublicationId id) {
        caller.require(Scope.POSTS_SCHEDULE);
        return transactions.inWorkspace(caller, () -> {
            var actor = sandboxed.actorFor(caller, id);
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
                        "Publication %s is already %s; only unsent publications can be canceled."
                                .formatted(
                                        publication.id(), publication.status().wireName()))
                : ErrorCode.ALREADY_PUBLISHING.because(
                        "Publication %s is being published and can no longer be stopped; wait for its outcome."
                                .formatted(publication.id()));
    }

    private Publication existing(Actor caller, PublicationId id) {
        return publications
                .find(sandboxed.actorFor(caller, id).tenant(), id)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no publication %s.".formatted(id)));
    }
}
