package dev.carillon.worker.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.DeletesPosts;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platformcommand.ClaimedPlatformCommand;
import dev.carillon.core.platformcommand.PlatformCommand;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.intervention.DeletionRecords;
import dev.carillon.core.publication.intervention.DeletionRecords.Deletable;
import dev.carillon.core.publication.reconciliation.CheckService;
import dev.carillon.core.publication.reconciliation.ReconciliationService;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs platform commands: what callers request on platforms besides publishing. */
@Singleton
public class PlatformCommandTick {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformCommandTick.class);
    private static final Duration SOON = Duration.ofMillis(500);

    private final PlatformCommandService commands;
    private final ReconciliationService reconciliation;
    private final CheckService checks;
    private final DeletionRecords deletions;
    private final Reconciler reconciler;
    private final Connectors connectors;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;
    private final BoundedCalls calls = new BoundedCalls("platform command");

    PlatformCommandTick(
            PlatformCommandService commands,
            ReconciliationService reconciliation,
            CheckService checks,
            DeletionRecords deletions,
            Reconciler reconciler,
            Connectors connectors,
            PublishingConfig config,
            DispatchConfig dispatch) {
        this.commands = commands;
        this.reconciliation = reconciliation;
        this.checks = checks;
        this.deletions = deletions;
        this.reconciler = reconciler;
        this.connectors = connectors;
        this.config = config;
        this.dispatch = dispatch;
    }

    /** One round: claims what is due and starts it. */
    void run() {
        try {
            calls.round(
                    (limit, busyHosts) -> commands.claim(limit, dispatch.lease(), busyHosts),
                    ClaimedPlatformCommand::host,
                    claimed -> run(claimed.command()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(PlatformCommand command) {
        switch (command.kind()) {
            case RECONCILE -> reconcile(command);
            case DELETE -> delete(command);
        }
        LOG.atInfo()
                .addKeyValue("publication", command.publication())
                .addKeyValue("command", command.kind())
                .addKeyValue("attempt", command.attempts())
                .log("platform command run");
    }

    private void reconcile(PlatformCommand command) {
        var unresolved = reconciliation.claim(command.publication(), dispatch.lease());
        if (unresolved.isEmpty() && reconciliation.isUnknown(command.publication())) {
            // The scheduled reconciliation is asking right now.
            commands.defer(command, SOON);
            return;
        }
        unresolved.ifPresentOrElse(found -> reconciler.settle(found, false), () -> checks.find(command.publication())
                .ifPresent(found -> checks.record(found, reconciler.stands(found), false)));
        commands.end(command, null);
    }

    private void delete(PlatformCommand command) {
        deletions.record(command, deletions.find(command).map(this::delete).orElseGet(Deletion.Deleted::new));
    }

    private Deletion delete(Deletable deletable) {
        var account = deletable.account();
        var post = deletable.post();
        if (!(connectors.get(account) instanceof DeletesPosts connector) || post.id() == null) {
            return new Deletion.NotDeleted(Failure.of(
                    ErrorCode.DELETE_NOT_SUPPORTED, "This post cannot be deleted through the platform's API."));
        }
        try {
            return connector.delete(account, post.id(), post.refs(), Deadline.in(config.callDeadline()));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("account", account.id()).log("connector failed");
            return new Deletion.NotDeleted(
                    Failure.of(ErrorCode.INTERNAL_ERROR, "Carillon failed while deleting the post; it tries again."));
        }
    }

    /** Deletes the rows of platform commands that ended long ago. */
    void forgetOld() {
        commands.forgetOld();
    }

    void awaitAll(Duration atMost) throws InterruptedException {
        calls.awaitAll(atMost);
    }
}
