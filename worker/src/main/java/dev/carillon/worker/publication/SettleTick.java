package dev.carillon.worker.publication;

import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.publication.Doubtful;
import dev.carillon.core.publication.OutcomeService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks platforms about publications whose outcome is in doubt, and about those that a platform is still working on. */
@Singleton
public class SettleTick {
    private static final Logger LOG = LoggerFactory.getLogger(SettleTick.class);
    private static final int AT_ONCE = 50;

    private final OutcomeService outcomes;
    private final Connectors connectors;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;

    SettleTick(OutcomeService outcomes, Connectors connectors, PublishingConfig config, DispatchConfig dispatch) {
        this.outcomes = outcomes;
        this.connectors = connectors;
        this.config = config;
        this.dispatch = dispatch;
    }

    /** One round: takes what is due and asks, a virtual thread each. */
    public void run() {
        var doubtful = outcomes.claimDoubtful(AT_ONCE, dispatch.lease());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(doubtful.stream().map(this::asking).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Callable<Boolean> asking(Doubtful doubtful) {
        return () -> {
            try {
                log(doubtful, ask(doubtful));
                return true;
            } catch (RuntimeException e) {
                // Its lease passes, and it is asked again.
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("publication", doubtful.publication().id())
                        .log("asking broke off");
                return false;
            }
        };
    }

    private Optional<Publication> ask(Doubtful doubtful) {
        var publication = doubtful.publication();
        var account = doubtful.account();
        var connector = connectors.get(account);
        var deadline = Deadline.in(config.callDeadline());
        if (publication.state() instanceof Processing(var ticket, var askAt)) {
            return outcomes.record(
                    publication.id(), publication.generation(), connector.poll(account, ticket, deadline));
        }
        var answer = connector.find(account, publication.checkpoint(), deadline);
        return outcomes.settle(doubtful, answer, connector.doubt(account.platform()));
    }

    private static void log(Doubtful doubtful, Optional<Publication> after) {
        LOG.atInfo()
                .addKeyValue("publication", doubtful.publication().id())
                .addKeyValue("was", doubtful.publication().status().wireName())
                .addKeyValue("status", after.map(now -> now.status().wireName()).orElse("lost"))
                .log("doubt asked about");
    }
}
