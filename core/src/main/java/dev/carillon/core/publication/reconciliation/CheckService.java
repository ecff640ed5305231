package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.PublicationViews;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.StepKind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks once, some time after a post was published, whether it still exists. A post that is gone is flagged and never
 * published again.
 */
@Singleton
public class CheckService {
    private final Transactions transactions;
    private final CheckQueries checks;
    private final PublicationSteps steps;
    private final EventRecorder events;
    private final PublishingConfig config;
    private final Clocks clocks;

    CheckService(
            Transactions transactions,
            CheckQueries checks,
            PublicationSteps steps,
            EventRecorder events,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.checks = checks;
        this.steps = steps;
        this.events = events;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Claims publications whose check is due.
     *
     * @param lease how long, in database time, no other process asks
     * @param busyHosts hosts that this process already sends enough requests to
     */
    public List<Checkable> claim(int limit, Duration lease, Collection<String> busyHosts) {
        return transactions.acrossWorkspaces(() -> checks.claim(limit, lease, clocks.now(), busyHosts));
    }

    /** The publication with this id, for a caller who asks now; empty if it is not published or was deleted. */
    public Optional<Checkable> find(PublicationId id) {
        return transactions.acrossWorkspaces(() -> checks.find(id));
    }

    /** Records, in one statement, that the scheduled check found these posts; nothing else follows. */
    public void stand(Collection<PublicationId> ids) {
        if (!ids.isEmpty()) {
            transactions.acrossWorkspaces(() -> {
                checks.stand(ids);
                return ids;
            });
        }
    }

    /**
     * Records what the platform answered.
     *
     * @param scheduled whether this was the scheduled check; false if a caller asked
     */
    public void record(Checkable checked, LookUp answer, boolean scheduled) {
        transactions.acrossWorkspaces(() -> {
            checks.lock(checked.publication().id())
                    .ifPresent(publication -> record(publication, answer, scheduled, checked.asked() + 1));
            return checked;
        });
    }

    private void record(Publication publication, LookUp answer, boolean scheduled, int asked) {
        var tenant = publication.tenant();
        var now = clocks.now(tenant.workspace(), tenant.mode());
        var detail = Map.of("answer", ReconciliationService.wordFor(answer));
        switch (answer) {
            case LookUp.Found(var post) -> {
                checks.moveVanished(publication.id(), null, now);
                steps.record(publication, StepKind.CHECKED, detail);
            }
            case LookUp.Absent() -> gone(publication, detail, now);
            case LookUp.NotAnswered(var failure, var notBefore) -> {
                if (scheduled) {
                    defer(publication, asked, now);
                }
                steps.record(publication, StepKind.CHECKED, detail);
            }
            case LookUp.NotAnswerable(), LookUp.NeverSent() -> {
                checks.stand(List.of(publication.id()));
                steps.record(publication, StepKind.CHECKED, detail);
            }
        }
    }

    private void gone(Publication publication, Map<String, String> detail, Instant now) {
        // A post that its owner is deleting is not reported as vanished, and one that was reported is not reported
        // again.
        if (publication.followUp().vanishedAt() != null || checks.isBeingDeleted(publication.id())) {
            checks.stand(List.of(publication.id()));
            return;
        }
        var vanished = checks.moveVanished(publication.id(), now, now);
        steps.record(vanished, StepKind.VANISHED, detail);
        events.record(vanished.tenant(), new Event.PublicationVanished(PublicationViews.of(vanished)), now);
    }

    private void defer(Publication publication, int asked, Instant now) {
        var schedule = config.checks();
        checks.defer(publication.id(), asked < schedule.size() ? now.plus(schedule.get(asked)) : null);
    }
}
