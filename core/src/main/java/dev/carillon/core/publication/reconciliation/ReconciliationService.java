package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.PublicationWriter;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.StepKind;
import dev.carillon.core.publication.attempt.AttemptQueries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reconciles unknown outcomes, only by what the platform answers. */
@Singleton
public class ReconciliationService {
    private final Transactions transactions;
    private final ReconciliationQueries queries;
    private final SameTextQueries sameText;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final PublicationSteps steps;
    private final PublishingConfig config;
    private final Clocks clocks;

    ReconciliationService(
            Transactions transactions,
            ReconciliationQueries queries,
            SameTextQueries sameText,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            PublicationSteps steps,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.sameText = sameText;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.steps = steps;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Claims publications whose outcome is unknown, or which a platform is still processing, and whose next look-up or
     * poll is due.
     *
     * @param lease how long, in database time, no other process asks
     * @param busyHosts hosts that this process already sends enough requests to
     */
    public List<UnresolvedPublication> claim(int limit, Duration lease, Collection<String> busyHosts) {
        return transactions.acrossWorkspaces(() -> queries.claim(limit, lease, clocks.now(), busyHosts));
    }

    /**
     * Claims one publication for a caller who asks now; empty if its outcome is no longer unknown, or if the platform
     * is being asked already.
     */
    public Optional<UnresolvedPublication> claim(PublicationId id, Duration lease) {
        return transactions.acrossWorkspaces(() -> queries.claim(id, lease));
    }

    public boolean isUnknown(PublicationId id) {
        return transactions.acrossWorkspaces(() -> queries.isUnknown(id));
    }

    /**
     * Reconciles an unknown outcome with the platform's answer.
     *
     * @param scheduled whether the look-up was scheduled; one that a caller asked for uses up none of the schedule
     * @return the publication in its new state; empty if another process has taken the row
     */
    public Optional<Publication> settle(
            UnresolvedPublication unresolved, LookUp answer, Evidence evidence, boolean scheduled) {
        var asked = unresolved.publication();
        return transactions.acrossWorkspaces(() -> publications
                .lock(asked.id(), asked.generation())
                .map(publication -> settle(
                        publication,
                        sameText.believed(publication, answer, evidence.capability()),
                        evidence,
                        scheduled)));
    }

    private Publication settle(Publication publication, LookUp answer, Evidence evidence, boolean scheduled) {
        var tenant = publication.tenant();
        var now = clocks.now(tenant.workspace(), tenant.mode());
        attempts.endInterrupted(publication.id());
        var next = publication.after(answer, evidence, config, now);
        steps.record(
                publication,
                StepKind.LOOK_UP,
                Map.of("answer", wordFor(answer), "status", next.status().wireName()));
        if (next.status() == PublicationStatus.SCHEDULED) {
            boundRepetition(next, answer, evidence);
        }
        if (next.status() == publication.status() && !scheduled) {
            queries.giveBack(publication);
            return publication;
        }
        write(publication, next, now);
        return next;
    }

    private void write(Publication before, Publication next, Instant now) {
        // An outcome that is still unknown causes no further event until the schedule has ended.
        if (next.status() == before.status() && next.waitsForWord() == before.waitsForWord()) {
            publications.write(next, now);
        } else {
            writer.write(next, now);
        }
    }

    /**
     * A publication that was freed because the platform recognises repetitions, and not by proof of absence, must be
     * sent while the platform still recognises them.
     */
    private void boundRepetition(Publication freed, LookUp answer, Evidence evidence) {
        if (answer instanceof LookUp.Absent
                && evidence.capability() == RecoveryCapability.OWN_IDEMPOTENCY
                && evidence.repeatableFor() != null) {
            queries.repeatWithin(freed.id(), evidence.repeatableFor());
        } else {
            queries.repeatFreely(freed.id());
        }
    }

    static String wordFor(LookUp answer) {
        return switch (answer) {
            case LookUp.Found(var post) -> "found";
            case LookUp.Absent() -> "absent";
            case LookUp.NeverSent() -> "never_sent";
            case LookUp.NotAnswered(var failure, var notBefore) -> "not_answered";
            case LookUp.NotAnswerable() -> "not_answerable";
        };
    }
}
