package dev.carillon.worker.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.attempt.OutcomeService;
import dev.carillon.core.publication.reconciliation.Checkable;
import dev.carillon.core.publication.reconciliation.ReconciliationService;
import dev.carillon.core.publication.reconciliation.UnresolvedPublication;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks platforms what happened to publications, and records the answers. */
@Singleton
public class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final ReconciliationService reconciliation;
    private final OutcomeService outcomes;
    private final Connectors connectors;
    private final PublishingConfig config;

    Reconciler(
            ReconciliationService reconciliation,
            OutcomeService outcomes,
            Connectors connectors,
            PublishingConfig config) {
        this.reconciliation = reconciliation;
        this.outcomes = outcomes;
        this.connectors = connectors;
        this.config = config;
    }

    /**
     * Asks about a publication whose outcome is unknown or which the platform is still processing.
     *
     * @param scheduled whether the schedule triggered this
     */
    void settle(UnresolvedPublication unresolved, boolean scheduled) {
        var after = unresolved.publication().state() instanceof Processing(var ticket, var askAt)
                ? poll(unresolved, ticket)
                : lookUp(unresolved, scheduled);
        LOG.atInfo()
                .addKeyValue("publication", unresolved.publication().id())
                .addKeyValue("was", unresolved.publication().status().wireName())
                .addKeyValue("status", after.map(now -> now.status().wireName()).orElse("lost"))
                .log("platform asked for an outcome");
    }

    private Optional<Publication> poll(UnresolvedPublication unresolved, PlatformTicket ticket) {
        var publication = unresolved.publication();
        var account = unresolved.account();
        var outcome = connectors.get(account).poll(account, ticket, Deadline.in(config.callDeadline()));
        return outcomes.record(publication.id(), publication.generation(), outcome);
    }

    private Optional<Publication> lookUp(UnresolvedPublication unresolved, boolean scheduled) {
        var account = unresolved.account();
        var connector = connectors.get(account);
        var checkpoint = unresolved.publication().checkpoint();
        var answer = guarded(
                unresolved.publication(),
                () -> connector.find(account, checkpoint, Deadline.in(config.callDeadline())));
        return reconciliation.settle(unresolved, answer, unresolved.evidence(connector, config), scheduled);
    }

    /** Whether a published post still exists. */
    LookUp stands(Checkable checkable) {
        var publication = checkable.publication();
        var post = publication.platformPost();
        if (post == null) {
            return new LookUp.NotAnswerable();
        }
        var account = checkable.account();
        var deadline = Deadline.in(config.callDeadline());
        return guarded(
                publication, () -> connectors.get(account).stands(account, post, publication.checkpoint(), deadline));
    }

    private static LookUp guarded(Publication publication, Supplier<LookUp> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("publication", publication.id())
                    .log("connector failed");
            return new LookUp.NotAnswered(
                    Failure.of(ErrorCode.INTERNAL_ERROR, "Carillon failed while asking the platform."));
        }
    }
}
