package dev.carillon.worker.publication;

import dev.carillon.core.errand.ClaimedErrand;
import dev.carillon.core.errand.Errand;
import dev.carillon.core.errand.Errands;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.DeletesPosts;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.CheckService;
import dev.carillon.core.publication.Deletable;
import dev.carillon.core.publication.DeletionRecords;
import dev.carillon.core.publication.DoubtService;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs platform commands: what callers request on platforms besides publishing. */
@Singleton
public class ErrandTick {
    private static final Logger LOG = LoggerFactory.getLogger(ErrandTick.class);
    private static final Duration SOON = Duration.ofMillis(500);

    private final Errands errands;
    private final DoubtService doubts;
    private final CheckService checks;
    private final DeletionRecords deletions;
    private final Inquiry inquiry;
    private final Connectors connectors;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;
    private final Questions questions = new Questions("errand");

    ErrandTick(
            Errands errands,
            DoubtService doubts,
            CheckService checks,
            DeletionRecords deletions,
            Inquiry inquiry,
            Connectors connectors,
            PublishingConfig config,
            DispatchConfig dispatch) {
        this.errands = errands;
        this.doubts = doubts;
        this.checks = checks;
        this.deletions = deletions;
        this.inquiry = inquiry;
        this.connectors = connectors;
        this.config = config;
        this.dispatch = dispatch;
    }

    /** One round: claims what is due and starts it. */
    void run() {
        try {
            questions.round(
                    (limit, busyHosts) -> errands.claim(limit, dispatch.lease(), busyHosts),
                    ClaimedErrand::host,
                    claimed -> run(claimed.errand()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Errand errand) {
        switch (errand.kind()) {
            case RECONCILE -> reconcile(errand);
            case DELETE -> delete(errand);
        }
        LOG.atInfo()
                .addKeyValue("publication", errand.publication())
                .addKeyValue("errand", errand.kind())
                .addKeyValue("try", errand.tries())
                .log("errand run");
    }

    private void reconcile(Errand errand) {
        var doubtful = doubts.claim(errand.publication(), dispatch.lease());
        if (doubtful.isEmpty() && doubts.isUnknown(errand.publication())) {
            // The scheduled reconciliation is asking right now.
            errands.putOff(errand, SOON);
            return;
        }
        doubtful.ifPresentOrElse(found -> inquiry.settle(found, false), () -> checks.find(errand.publication())
                .ifPresent(found -> checks.record(found, inquiry.stands(found), false)));
        errands.end(errand, null);
    }

    private void delete(Errand errand) {
        deletions.record(errand, deletions.find(errand).map(this::delete).orElseGet(Deletion.Deleted::new));
    }

    private Deletion delete(Deletable deletable) {
        var account = deletable.account();
        var post = deletable.post();
        if (!(connectors.get(account) instanceof DeletesPosts room) || post.id() == null) {
            return new Deletion.NotDeleted(Failure.of(
                    ErrorCode.DELETE_NOT_SUPPORTED, "The platform lets nobody delete this post from outside."));
        }
        try {
            return room.delete(account, post.id(), post.refs(), Deadline.in(config.callDeadline()));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("account", account.id()).log("the connector failed");
            return new Deletion.NotDeleted(
                    Failure.of(ErrorCode.INTERNAL_ERROR, "Carillon failed while it deleted the post; it tries again."));
        }
    }

    /** Deletes the rows of platform commands that ended long ago. */
    void forgetOld() {
        errands.forgetOld();
    }

    void awaitAll(Duration atMost) throws InterruptedException {
        questions.awaitAll(atMost);
    }
}
