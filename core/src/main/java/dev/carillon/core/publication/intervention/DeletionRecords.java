package dev.carillon.core.publication.intervention;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platformcommand.PlatformCommand;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.PublicationViews;
import dev.carillon.core.publication.StepKind;
import dev.carillon.core.publication.reconciliation.CheckQueries;
import dev.carillon.core.publication.reconciliation.Checkable;
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
    private final PlatformCommandService commands;
    private final EventRecorder events;
    private final Clocks clocks;

    DeletionRecords(
            Transactions transactions,
            InterventionQueries interventions,
            CheckQueries checks,
            PublicationSteps steps,
            PlatformCommandService commands,
            EventRecorder events,
            Clocks clocks) {
        this.transactions = transactions;
        this.interventions = interventions;
        this.checks = checks;
        this.steps = steps;
        this.commands = commands;
        this.events = events;
        this.clocks = clocks;
    }

    /** A published post that is to be deleted from its platform. */
    public record Deletable(ConnectedAccount account, PlatformPost post) {}

    /** Empty if there is nothing left to delete. */
    public Optional<Deletable> find(PlatformCommand command) {
        return transactions.acrossWorkspaces(
                () -> checks.find(command.publication()).flatMap(DeletionRecords::deletable));
    }

    private static Optional<Deletable> deletable(Checkable found) {
        return Optional.ofNullable(found.publication().platformPost())
                .map(post -> new Deletable(found.account(), post));
    }

    /** Records the result; nothing is written if another worker has taken the command. */
    public void record(PlatformCommand command, Deletion deletion) {
        transactions.acrossWorkspaces(() -> {
            var publication =
                    interventions.lock(command.tenant(), command.publication()).orElseThrow();
            switch (deletion) {
                case Deletion.Deleted() -> deleted(command, publication);
                case Deletion.NotDeleted(var failure) -> notDeleted(command, publication, failure);
            }
            return publication;
        });
    }

    private void deleted(PlatformCommand command, Publication publication) {
        if (!commands.end(command, null)) {
            return;
        }
        Instant now = clocks.now(command.tenant().workspace(), command.tenant().mode());
        interventions.deleted(publication.id(), now).ifPresent(gone -> {
            steps.record(gone, StepKind.DELETED, Map.of());
            events.record(gone.tenant(), new Event.PublicationDeleted(PublicationViews.of(gone)), now);
        });
    }

    private void notDeleted(PlatformCommand command, Publication publication, Failure failure) {
        if (failure.code().retryable() && commands.tryAgain(command, failure)) {
            return;
        }
        if (commands.end(command, failure)) {
            steps.record(
                    publication,
                    StepKind.DELETE_FAILED,
                    Map.of("code", failure.code().wireName()));
        }
    }
}
