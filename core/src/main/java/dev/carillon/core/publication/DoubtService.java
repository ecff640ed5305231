package dev.carillon.core.publication;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.LookUp;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settles what may or may not have arrived, by what the platform answers and by nothing weaker. */
@Singleton
public class DoubtService {
    private final Transactions transactions;
    private final DoubtQueries doubts;
    private final TwinQueries twins;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final PublicationSteps steps;
    private final PublishingConfig config;
    private final Clocks clocks;

    DoubtService(
            Transactions transactions,
            DoubtQueries doubts,
            TwinQueries twins,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            PublicationSteps steps,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.doubts = doubts;
        this.twins = twins;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.steps = steps;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Takes publications whose outcome is in doubt, or which a platform is still working on, and whose next question is due.
     *
     * @param lease how long, in database time, nobody else asks
     * @param busyHosts where this process has enough to ask
     */
    public List<Doubtful> claim(int limit, Duration lease, Collection<String> busyHosts) {
        return transactions.acrossWorkspaces(() -> doubts.claim(limit, lease, clocks.now(), busyHosts));
    }

    /** Takes this one, because somebody wants to know now; empty when it is no longer unknown, or is being asked for. */
    public Optional<Doubtful> claim(PublicationId id, Duration lease) {
        return transactions.acrossWorkspaces(() -> doubts.claim(id, lease));
    }

    public boolean isUnknown(PublicationId id) {
        return transactions.acrossWorkspaces(() -> doubts.isUnknown(id));
    }

    /**
     * Settles a doubt with the platform's answer.
     *
     * @param scheduled whether the schedule asked; what somebody else wants to know uses up none of it
     * @return the publication as it now stands; empty when somebody else has taken the row
     */
    public Optional<Publication> settle(Doubtful doubtful, LookUp answer, Evidence evidence, boolean scheduled) {
        var asked = doubtful.publication();
        return transactions.acrossWorkspaces(() -> publications
                .lock(asked.id(), asked.generation())
                .map(publication -> settle(
                        publication, twins.believed(publication, answer, evidence.doubt()), evidence, scheduled)));
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
            doubts.giveBack(publication);
            return publication;
        }
        write(publication, next, now);
        return next;
    }

    private void write(Publication before, Publication next, Instant now) {
        // Still unknown is no news, and nobody is told again, until the schedule has come to its end.
        if (next.status() == before.status() && next.waitsForWord() == before.waitsForWord()) {
            publications.write(next, now);
        } else {
            writer.write(next, now);
        }
    }

    /** What was freed by the platform's memory, and not by a proof, has to go out while that lasts. */
    private void boundRepetition(Publication freed, LookUp answer, Evidence evidence) {
        if (answer instanceof LookUp.Absent
                && evidence.doubt() == Doubt.OWN_IDEMPOTENCY
                && evidence.repeatableFor() != null) {
            doubts.repeatWithin(freed.id(), evidence.repeatableFor());
        } else {
            doubts.repeatFreely(freed.id());
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
