package dev.carillon.worker.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.publication.Checkable;
import dev.carillon.core.publication.DoubtService;
import dev.carillon.core.publication.Doubtful;
import dev.carillon.core.publication.OutcomeService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublishingConfig;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks platforms what happened to publications, and records the answers. */
@Singleton
public class Inquiry {
    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

    private final DoubtService doubts;
    private final OutcomeService outcomes;
    private final Connectors connectors;
    private final PublishingConfig config;

    Inquiry(DoubtService doubts, OutcomeService outcomes, Connectors connectors, PublishingConfig config) {
        this.doubts = doubts;
        this.outcomes = outcomes;
        this.connectors = connectors;
        this.config = config;
    }

    /**
     * Asks about a publication whose outcome is unknown or which the platform is still processing.
     *
     * @param scheduled whether the schedule triggered this
     */
    void settle(Doubtful doubtful, boolean scheduled) {
        var after = doubtful.publication().state() instanceof Processing(var ticket, var askAt)
                ? poll(doubtful, ticket)
                : lookUp(doubtful, scheduled);
        LOG.atInfo()
                .addKeyValue("publication", doubtful.publication().id())
                .addKeyValue("was", doubtful.publication().status().wireName())
                .addKeyValue("status", after.map(now -> now.status().wireName()).orElse("lost"))
                .log("doubt asked about");
    }

    private Optional<Publication> poll(Doubtful doubtful, PlatformTicket ticket) {
        var publication = doubtful.publication();
        var account = doubtful.account();
        var outcome = connectors.get(account).poll(account, ticket, Deadline.in(config.callDeadline()));
        return outcomes.record(publication.id(), publication.generation(), outcome);
    }

    private Optional<Publication> lookUp(Doubtful doubtful, boolean scheduled) {
        var account = doubtful.account();
        var room = connectors.get(account);
        var checkpoint = doubtful.publication().checkpoint();
        var answer = guarded(
                doubtful.publication(), () -> room.find(account, checkpoint, Deadline.in(config.callDeadline())));
        return doubts.settle(doubtful, answer, doubtful.evidence(room, config), scheduled);
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
                    .log("the connector failed");
            return new LookUp.NotAnswered(
                    Failure.of(ErrorCode.INTERNAL_ERROR, "Carillon failed while it asked the platform."));
        }
    }
}
