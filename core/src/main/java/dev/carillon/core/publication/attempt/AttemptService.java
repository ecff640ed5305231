package dev.carillon.core.publication.attempt;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.Change;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.HoldReason;
import dev.carillon.core.publication.PostProgress;
import dev.carillon.core.publication.PostProgressQueries;
import dev.carillon.core.publication.PostProgressQueries.RevisionId;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.PublicationWriter;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.ThreadFlow;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts attempts: commits the start to the database before anything irreversible is done. */
@Singleton
public class AttemptService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PostProgressQueries posts;
    private final PostProgress progress;
    private final PublicationWriter writer;
    private final AttemptGate gate;
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
            AttemptGate gate,
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
     * Starts attempts of claimed publications, all in one transaction. The result leaves out publications that this process no
     * longer owns, because they were canceled or their lease ran out; those whose account cannot be published to, which
     * become held; those that are too late, which become missed; and those that have to wait for a rate limit of the
     * platform, a host that is down or their account's hourly limit of late posts, which are deferred without an
     * attempt.
     *
     * @param worker this process's name, for the timeline
     * @param lease how long, in database time, no other process takes them; longer than an attempt's deadline
     */
    public List<StartedAttempt> start(List<Claim> claims, String worker, Duration lease) {
        return transactions.acrossWorkspaces(() -> {
            var admitted = gate.pass(claims);
            miss(claims, admitted.missed());
            var started = publications.start(admitted.claims(), lease);
            if (started.size() < admitted.claims().size()) {
                holdUnusable(admitted.claims());
            }
            List<StartedAttempt> opened = started.isEmpty()
                    ? List.of()
                    : open(started, worker, admitted.decision().trials());
            gate.close(admitted);
            return opened;
        });
    }

    private List<StartedAttempt> open(List<Publication> started, String worker, Set<PublicationId> trials) {
        var begun = attempts.begin(started, worker, config.callDeadline());
        var contents = posts.contents(started);
        var connected = accountsOf(started);
        var replies = threads.replies(started);
        progress.inProgress(started.stream().map(Publication::post).toList(), clocks.now());
        return started.stream()
                .map(publication -> {
                    var content = Objects.requireNonNull(contents.get(RevisionId.of(publication)));
                    var account = Objects.requireNonNull(connected.get(publication.account()));
                    return new StartedAttempt(
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
        // All of them at once, so that here too rows are locked in the order of their ids.
        writer.write(publications.lockClaimed(claims).stream()
                .filter(publication -> missed.containsKey(publication.claim()))
                .map(publication -> moved(
                        publication,
                        new PublicationState.Missed(Objects.requireNonNull(missed.get(publication.claim())))))
                .toList());
    }

    /** A publication that is still claimed has an account that was lost, unless its lease has just run out. */
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
     * Stores what the connector has decided before the call that uses it, and renews the lease.
     *
     * @throws AttemptLost if this attempt no longer owns the publication; then nothing may be sent
     */
    public void keep(Publication publication, Checkpoint checkpoint, Duration lease) {
        boolean kept = transactions.acrossWorkspaces(
                () -> publications.keep(publication.id(), publication.generation(), checkpoint, lease));
        if (!kept) {
            throw new AttemptLost(publication.id());
        }
    }

    /**
     * Gives an attempt that has just been started more time than others, because it uploads.
     *
     * @param callTime from now until it writes its last byte; the caller must renew its lease until then
     * @throws AttemptLost if this attempt no longer owns the publication
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

    /** Renews the leases of attempts that are still running; lost leases are left alone. */
    public void renew(List<Claim> claims, Duration lease) {
        transactions.acrossWorkspaces(() -> publications.renew(claims, lease));
    }

    /** This attempt no longer owns the publication. */
    public static final class AttemptLost extends RuntimeException {
        AttemptLost(PublicationId publication) {
            super(publication + " no longer belongs to this attempt");
        }
    }
}
