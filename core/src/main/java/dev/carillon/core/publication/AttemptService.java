package dev.carillon.core.publication;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.PostProgressQueries.RevisionId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens attempts: the marks that stand in the database before anything irreversible is done. */
@Singleton
public class AttemptService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PostProgressQueries posts;
    private final PostProgress progress;
    private final PublicationWriter writer;
    private final MarkGate gate;
    private final ThreadFlow threads;
    private final AccountService accounts;
    private final PublishingConfig config;
    private final Clocks clocks;

    AttemptService(
            Transactions transactions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PostProgressQueries posts,
            PostProgress progress,
            PublicationWriter writer,
            MarkGate gate,
            ThreadFlow threads,
            AccountService accounts,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.publications = publications;
        this.attempts = attempts;
        this.posts = posts;
        this.progress = progress;
        this.writer = writer;
        this.gate = gate;
        this.threads = threads;
        this.accounts = accounts;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Marks claimed publications, all in one transaction. Left out are those that this process no longer owns, because they were
     * canceled or their lease ran out; those whose account cannot be published to, which are held; those that are too late, which are
     * missed; and those that have to wait for a limit of the platform, a host that is down or their account's hour of late posts,
     * which go back without an attempt.
     *
     * @param worker the name of this process, for the timeline
     * @param lease how long, in database time, nobody else takes them; longer than an attempt's deadline
     */
    public List<MarkedAttempt> mark(List<Claim> claims, String worker, Duration lease) {
        return transactions.acrossWorkspaces(() -> {
            var admitted = gate.pass(claims);
            miss(claims, admitted.missed());
            var marked = publications.mark(admitted.claims(), lease);
            if (marked.size() < admitted.claims().size()) {
                holdUnusable(admitted.claims());
            }
            List<MarkedAttempt> opened = marked.isEmpty()
                    ? List.of()
                    : open(marked, worker, admitted.decision().trials());
            gate.close(admitted);
            return opened;
        });
    }

    private List<MarkedAttempt> open(List<Publication> marked, String worker, Set<PublicationId> trials) {
        var begun = attempts.begin(marked, worker, config.callDeadline());
        var contents = posts.contents(marked);
        var connected = accountsOf(marked);
        var replies = threads.replies(marked);
        progress.inProgress(marked.stream().map(Publication::post).toList(), clocks.now());
        return marked.stream()
                .map(publication -> {
                    var content = Objects.requireNonNull(contents.get(RevisionId.of(publication)));
                    var account = Objects.requireNonNull(connected.get(publication.account()));
                    return new MarkedAttempt(
                            publication,
                            account.connected(),
                            content.textOf(publication),
                            content.settingsFor(account.id()),
                            replies.get(publication.id()),
                            Objects.requireNonNull(begun.get(publication.id())),
                            trials.contains(publication.id()));
                })
                .toList();
    }

    private void miss(List<Claim> claims, Map<Claim, Failure> missed) {
        if (missed.isEmpty()) {
            return;
        }
        // All of them at once, so that rows are locked in the order of their ids here as well.
        writer.write(publications.lockClaimed(claims).stream()
                .filter(publication -> missed.containsKey(publication.claim()))
                .map(publication -> moved(
                        publication,
                        new PublicationState.Missed(Objects.requireNonNull(missed.get(publication.claim())))))
                .toList());
    }

    /** What is still claimed has an account that was lost, unless its lease ran out just now. */
    private void holdUnusable(List<Claim> claims) {
        var left = publications.lockClaimed(claims);
        var connected = accountsOf(left);
        writer.write(left.stream()
                .filter(publication -> !isUsable(connected.get(publication.account())))
                .map(publication -> held(publication, Objects.requireNonNull(connected.get(publication.account()))))
                .toList());
    }

    private static boolean isUsable(@Nullable Account account) {
        return account != null && account.status() == AccountStatus.ACTIVE;
    }

    private Change held(Publication publication, Account account) {
        var reason =
                account.status() == AccountStatus.NEEDS_REAUTH ? HoldReason.RECONNECT : HoldReason.ACCOUNT_DISCONNECTED;
        return moved(publication, new PublicationState.Held(reason, null));
    }

    private Change moved(Publication publication, PublicationState state) {
        var tenant = publication.tenant();
        return new Change(publication.with(state), clocks.now(tenant.workspace(), tenant.mode()));
    }

    private Map<AccountId, Account> accountsOf(List<Publication> publications) {
        return accounts
                .findAcross(publications.stream().map(Publication::account).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(Account::id, account -> account));
    }

    /**
     * Stores what the connector has decided, before the call that uses it, and renews the lease.
     *
     * @throws AttemptLost when the publication is no longer this attempt's; nothing may be sent then
     */
    public void keep(Publication publication, Checkpoint checkpoint, Duration lease) {
        boolean kept = transactions.acrossWorkspaces(
                () -> publications.keep(publication.id(), publication.generation(), checkpoint, lease));
        if (!kept) {
            throw new AttemptLost(publication.id());
        }
    }

    /**
     * Lets an attempt that has just been marked take longer than others, because it uploads.
     *
     * @param callTime from now until it writes its last byte; until then its lease is to be renewed
     * @throws AttemptLost when the publication is no longer this attempt's
     */
    public void prolong(Claim claim, Duration callTime, Duration lease) {
        boolean owned = transactions.acrossWorkspaces(() -> {
            attempts.prolong(claim, callTime);
            return publications.renew(List.of(claim), lease) == 1;
        });
        if (!owned) {
            throw new AttemptLost(claim.publication());
        }
    }

    /** Renews the leases of attempts that are still going on; those that were lost are left alone. */
    public void renew(List<Claim> claims, Duration lease) {
        transactions.acrossWorkspaces(() -> publications.renew(claims, lease));
    }

    /** The publication was taken from this attempt. */
    public static final class AttemptLost extends RuntimeException {
        AttemptLost(PublicationId publication) {
            super(publication + " is no longer this attempt's");
        }
    }
}
