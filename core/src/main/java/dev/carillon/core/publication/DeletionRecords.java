package dev.carillon.core.publication;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.errand.Errand;
import dev.carillon.core.errand.Errands;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.Events;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads what a worker needs to delete a post, and records the result. */
@Singleton
public class DeletionRecords {
    private final Transactions transactions;
    private final InterventionQueries interventions;
    private final CheckQueries checks;
    private final PublicationSteps steps;
    private final Errands errands;
    private final Events events;
    private final Clocks clocks;

    DeletionRecords(
            Transactions transactions,
            InterventionQueries interventions,
            CheckQueries checks,
            PublicationSteps steps,
            Errands errands,
            Events events,
            Clocks clocks) {
        this.transactions = transactions;
        this.interventions = interventions;
        this.checks = checks;
        this.steps = steps;
        this.errands = errands;
        this.events = events;
        this.clocks = clocks;
    }

    /** Empty if there is nothing left to delete. */
    public Optional<Deletable> find(Errand errand) {
        return transactions.acrossWorkspaces(
                () -> checks.find(errand.publication()).flatMap(DeletionRecords::deletable));
    }

    private static Optional<Deletable> deletable(Checkable found) {
        return Optional.ofNullable(found.publication().platformPost())
                .map(post -> new Deletable(found.account(), post));
    }

    /** Records the result; nothing is written if another worker has taken the command. */
    public void record(Errand errand, Deletion deletion) {
        transactions.acrossWorkspaces(() -> {
            var publication =
                    interventions.lock(errand.tenant(), errand.publication()).orElseThrow();
            switch (deletion) {
                case Deletion.Deleted() -> deleted(errand, publication);
                case Deletion.NotDeleted(var failure) -> notDeleted(errand, publication, failure);
            }
            return publication;
        });
    }

    private void deleted(Errand errand, Publication publication) {
        if (!errands.end(errand, null)) {
            return;
        }
        Instant now = clocks.now(errand.tenant().workspace(), errand.tenant().mode());
        interventions.deleted(publication.id(), now).ifPresent(gone -> {
            steps.record(gone, StepKind.DELETED, Map.of());
            events.record(gone.tenant(), new Event.PublicationDeleted(PublicationViews.of(gone)), now);
        });
    }

    private void notDeleted(Errand errand, Publication publication, Failure failure) {
        if (failure.code().retryable() && errands.tryAgain(errand, failure)) {
            return;
        }
        if (errands.end(errand, failure)) {
            steps.record(
                    publication,
                    StepKind.DELETE_FAILED,
                    Map.of("code", failure.code().wireName()));
        }
    }
}
