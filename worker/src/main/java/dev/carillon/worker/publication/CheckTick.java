package dev.carillon.worker.publication;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.publication.reconciliation.CheckService;
import dev.carillon.core.publication.reconciliation.Checkable;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Checks once, some time after a success, whether the post still exists. Posts that do are recorded in one statement,
 * because that is the usual case.
 */
@Singleton
public class CheckTick {
    private final CheckService checks;
    private final Reconciler reconciler;
    private final DispatchConfig dispatch;
    private final BoundedCalls calls = new BoundedCalls("check");
    private final Queue<PublicationId> standing = new ConcurrentLinkedQueue<>();

    CheckTick(CheckService checks, Reconciler reconciler, DispatchConfig dispatch) {
        this.checks = checks;
        this.reconciler = reconciler;
        this.dispatch = dispatch;
    }

    /** One round: records what was found, claims what is due and asks the platforms. */
    void run() {
        try {
            calls.round(this::claim, Checkable::host, this::ask);
            writeStanding();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Checkable> claim(int limit, Collection<String> busyHosts) {
        writeStanding();
        return checks.claim(limit, dispatch.lease(), busyHosts);
    }

    private void ask(Checkable checkable) {
        var answer = reconciler.stands(checkable);
        if (answer instanceof LookUp.Found && checkable.publication().followUp().vanishedAt() == null) {
            standing.add(checkable.publication().id());
            if (checkable.publication().tenant().mode() == Mode.TEST) {
                // A test clock continues once this is recorded.
                writeStanding();
            }
        } else {
            checks.record(checkable, answer, true);
        }
    }

    private void writeStanding() {
        var found = new ArrayList<PublicationId>();
        for (var id = standing.poll(); id != null; id = standing.poll()) {
            found.add(id);
        }
        checks.stand(found);
    }

    void awaitAll(Duration atMost) throws InterruptedException {
        calls.awaitAll(atMost);
        writeStanding();
    }
}
