package dev.carillon.core.publication.reconciliation;

import static dev.carillon.core.kernel.ErrorCode.NOTHING_TO_RECONCILE;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platformcommand.PlatformCommandKind;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.platformcommand.PlatformCommandWaits;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.StepKind;
import dev.carillon.core.publication.intervention.CommandResult;
import dev.carillon.core.publication.intervention.Intervention;
import dev.carillon.core.publication.intervention.InterventionQueries;
import jakarta.inject.Singleton;

/**
 * Requests that a worker ask the platform now: what happened to a publication with an unknown outcome, or whether a
 * published post still exists.
 */
@Singleton
public class ReconciliationRequests {
    private final Transactions transactions;
    private final InterventionQueries interventions;
    private final PublicationQueries publications;
    private final PublicationSteps steps;
    private final SandboxedPosts sandboxed;
    private final PlatformCommandService commands;
    private final PlatformCommandWaits waits;

    ReconciliationRequests(
            Transactions transactions,
            InterventionQueries interventions,
            PublicationQueries publications,
            PublicationSteps steps,
            SandboxedPosts sandboxed,
            PlatformCommandService commands,
            PlatformCommandWaits waits) {
        this.transactions = transactions;
        this.interventions = interventions;
        this.publications = publications;
        this.steps = steps;
        this.sandboxed = sandboxed;
        this.commands = commands;
        this.waits = waits;
    }

    /**
     * Waits for the answer, up to a time limit, and returns the publication in its state after that. Never call this
     * inside a transaction.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code nothing_to_reconcile} if its status is neither {@code
     *     outcome_unknown} nor {@code published}, or if it was deleted
     */
    public CommandResult reconcile(Actor caller, PublicationId id) {
        caller.require(Scope.POSTS_SCHEDULE);
        var actor = sandboxed.actorFor(caller, id);
        var command = transactions.inWorkspace(actor, () -> request(actor, id));
        boolean answered = waits.await(actor.workspace(), command).ended();
        return transactions.inWorkspace(
                actor,
                () -> new CommandResult(
                        publications.find(actor.tenant(), id).orElseThrow(() -> notFound(id)), answered));
    }

    private PlatformCommandId request(Actor actor, PublicationId id) {
        var publication = interventions.lock(actor.tenant(), id).orElseThrow(() -> notFound(id));
        if (publication.followUp().deletedAt() != null) {
            throw NOTHING_TO_RECONCILE.because(
                    "Publication %s was deleted from the platform; there is nothing to reconcile.".formatted(id));
        }
        switch (publication.status()) {
            case OUTCOME_UNKNOWN, PUBLISHED -> {}
            case DRAFT, PENDING_APPROVAL, SCHEDULED, HELD, PUBLISHING, PROCESSING, FAILED, MISSED, CANCELED ->
                throw NOTHING_TO_RECONCILE.because(
                        "Publication %s is %s; only a published one or one with an unknown outcome can be reconciled."
                                .formatted(id, publication.status().wireName()));
        }
        steps.record(publication, StepKind.RECONCILE_REQUESTED, Intervention.by(actor));
        return commands.request(actor.tenant(), id, PlatformCommandKind.RECONCILE);
    }

    private static RuntimeException notFound(PublicationId id) {
        return NOT_FOUND.because("There is no publication %s.".formatted(id));
    }
}
