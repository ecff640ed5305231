package dev.carillon.core.publication.attempt;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.Pause;
import dev.carillon.core.pacing.Pauses;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.Throttled;
import dev.carillon.core.publication.Change;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationWriter;
import dev.carillon.core.publication.PublishingConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records how attempts ended: outcome, new state, event, meter event and reservation in one transaction. A process that
 * has lost the row writes nothing.
 */
@Singleton
public class OutcomeService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final AccountService accounts;
    private final Pauses pauses;
    private final PublishingConfig config;
    private final Clocks clocks;

    OutcomeService(
            Transactions transactions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            AccountService accounts,
            Pauses pauses,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.accounts = accounts;
        this.pauses = pauses;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Records one outcome.
     *
     * @return the publication in its new state; empty if another process has taken the row, and then nothing was
     *     written
     */
    public Optional<Publication> record(PublicationId id, long generation, PublishOutcome outcome) {
        var claim = new Claim(id, generation);
        return Optional.ofNullable(record(List.of(new Ended(claim, outcome))).get(claim));
    }

    /**
     * Records how attempts or polls ended, all in one transaction.
     *
     * @return the publications in their new states, without those that another process has taken; for these nothing was
     *     written
     */
    public Map<Claim, Publication> record(List<Ended> ended) {
        Map<Claim, Ended> byClaim = ended.stream().collect(Collectors.toMap(Ended::claim, one -> one));
        return transactions.acrossWorkspaces(() -> {
            var owned = publications.lock(byClaim.keySet());
            var outcomes = owned.stream()
                    .map(publication -> Objects.requireNonNull(byClaim.get(publication.claim())))
                    .toList();
            if (owned.isEmpty()) {
                return Map.of();
            }
            attempts.end(outcomes);
            var changes = new ArrayList<Change>();
            for (int i = 0; i < owned.size(); i++) {
                changes.add(after(owned.get(i), outcomes.get(i).outcome()));
            }
            writer.write(changes);
            stopOthers(owned, outcomes);
            return changes.stream()
                    .map(Change::publication)
                    .collect(Collectors.toMap(Publication::claim, publication -> publication));
        });
    }

    private Change after(Publication publication, PublishOutcome outcome) {
        var tenant = publication.tenant();
        var now = clocks.now(tenant.workspace(), tenant.mode());
        return new Change(publication.after(outcome, config, now), now);
    }

    /**
     * Applies what the outcomes mean for other publications: lost access and rate limits. This comes last, because
     * every claim shares the lanes.
     */
    private void stopOthers(List<Publication> publications, List<Ended> ended) {
        var limits = new ArrayList<Pause>();
        for (int i = 0; i < ended.size(); i++) {
            var publication = publications.get(i);
            if (ended.get(i).outcome() instanceof AccessLost(var lost)) {
                accounts.needsReauth(publication.tenant(), publication.account(), lost.message());
            }
            if (ended.get(i).outcome() instanceof Throttled(var until, var scope, var refused)) {
                limits.add(new Pause(scope, publication.account(), until));
            }
        }
        pauses.pause(limits);
    }
}
