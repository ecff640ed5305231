package dev.carillon.core.publication;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishOutcome.Throttled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records what became of an attempt: outcome, new state, event, meter event and reservation in one transaction, refused to
 * whoever has lost the row.
 */
@Singleton
public class OutcomeService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final AccountService accounts;
    private final PublishingConfig config;
    private final Clocks clocks;

    OutcomeService(
            Transactions transactions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            AccountService accounts,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.accounts = accounts;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Records an attempt's outcome, or a poll's.
     *
     * @return the publication as it now stands; empty when somebody else has taken the row, and nothing was written
     */
    public Optional<Publication> record(PublicationId id, long generation, PublishOutcome outcome) {
        return transactions.acrossWorkspaces(
                () -> publications.lock(id, generation).map(publication -> record(publication, outcome)));
    }

    private Publication record(Publication publication, PublishOutcome outcome) {
        var tenant = publication.tenant();
        var now = clocks.now(tenant.workspace(), tenant.mode());
        var failure = failureOf(outcome);
        attempts.end(
                publication.id(),
                publication.generation(),
                nameOf(outcome),
                failure == null ? null : failure.code().wireName(),
                failure == null ? null : failure.message());
        var next = publication.after(outcome, config, now);
        writer.write(next, now);
        if (outcome instanceof AccessLost(var lost)) {
            accounts.needsReauth(tenant, publication.account(), lost.message());
        }
        if (outcome instanceof Throttled(var until, var scope, var refused)) {
            // Last, because the lane is shared with every claim.
            if (scope == PauseScope.APP) {
                publications.pauseApp(publication.account(), until);
            } else {
                publications.pauseAccount(publication.account(), until);
            }
        }
        return next;
    }

    /**
     * Takes publications whose outcome is in doubt, or which a platform is still working on, and whose next question is due.
     *
     * @param lease how long, in database time, nobody else asks
     */
    public List<Doubtful> claimDoubtful(int limit, Duration lease) {
        return transactions.acrossWorkspaces(() -> publications.claimDoubtful(limit, lease, clocks.now()).stream()
                .map(publication -> new Doubtful(publication, accountOf(publication), isProvable(publication)))
                .toList());
    }

    private ConnectedAccount accountOf(Publication publication) {
        return accounts.find(publication.tenant(), publication.account())
                .orElseThrow()
                .connected();
    }

    private boolean isProvable(Publication publication) {
        return attempts.marksAreOlderThan(
                publication.id(), config.callDeadline().plus(config.absenceGrace()));
    }

    /**
     * Settles a doubt with the platform's answer.
     *
     * @return the publication as it now stands; empty when somebody else has taken the row
     */
    public Optional<Publication> settle(Doubtful doubtful, LookUp answer, Doubt doubt) {
        var asked = doubtful.publication();
        return transactions.acrossWorkspaces(
                () -> publications.lock(asked.id(), asked.generation()).map(publication -> {
                    var now = clocks.now(
                            asked.tenant().workspace(), asked.tenant().mode());
                    attempts.endInterrupted(asked.id());
                    var next = publication.after(answer, doubt, doubtful.provable(), config, now);
                    if (next.status() == publication.status()) {
                        // Still unknown is no news: the next question is put off, and nobody is told again.
                        publications.write(next, now);
                    } else {
                        writer.write(next, now);
                    }
                    return next;
                }));
    }

    private static String nameOf(PublishOutcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=.)([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable Failure failureOf(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Published(var post) -> null;
            case PublishOutcome.Processing(var ticket, var askAfter) -> null;
            case Throttled(var until, var scope, var failure) -> failure;
            case PublishOutcome.Unavailable(var failure, var notBefore) -> failure;
            case PublishOutcome.Unconfirmed(var failure, var notBefore) -> failure;
            case PublishOutcome.Rejected(var failure) -> failure;
            case AccessLost(var failure) -> failure;
        };
    }
}
