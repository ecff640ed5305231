package dev.carillon.core.publication;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Opens an attempt: the mark that stands in the database before anything irreversible is done. */
@Singleton
public class AttemptService {
    private final Transactions transactions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PostProgressQueries posts;
    private final PostProgress progress;
    private final PublicationWriter writer;
    private final AccountService accounts;
    private final Clocks clocks;

    AttemptService(
            Transactions transactions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PostProgressQueries posts,
            PostProgress progress,
            PublicationWriter writer,
            AccountService accounts,
            Clocks clocks) {
        this.transactions = transactions;
        this.publications = publications;
        this.attempts = attempts;
        this.posts = posts;
        this.progress = progress;
        this.writer = writer;
        this.accounts = accounts;
        this.clocks = clocks;
    }

    /**
     * Marks a claimed publication. Empty when this process no longer owns it: it was canceled, or the lease ran out; and when its
     * account cannot be published to, in which case it is held.
     *
     * @param lease how long, in database time, nobody else takes it; longer than the attempt's deadline
     */
    public Optional<MarkedAttempt> mark(PublicationId id, long generation, Duration lease) {
        return transactions.acrossWorkspaces(
                () -> publications.mark(id, generation, lease).flatMap(this::open));
    }

    private Optional<MarkedAttempt> open(Publication publication) {
        var tenant = publication.tenant();
        var account = accounts.find(tenant, publication.account()).orElseThrow();
        var now = clocks.now(tenant.workspace(), tenant.mode());
        if (account.status() != AccountStatus.ACTIVE) {
            writer.write(publication.with(new PublicationState.Held(reasonOf(account), null)), now);
            return Optional.empty();
        }
        attempts.begin(publication);
        progress.follow(tenant, publication.post(), now);
        var content = posts.content(publication);
        return Optional.of(new MarkedAttempt(
                publication, account.connected(), content.textFor(account.id()), content.settingsFor(account.id())));
    }

    private static HoldReason reasonOf(Account account) {
        return account.status() == AccountStatus.NEEDS_REAUTH ? HoldReason.RECONNECT : HoldReason.ACCOUNT_DISCONNECTED;
    }

    /**
     * Stores what the connector has decided, before the call that uses it.
     *
     * @throws AttemptLost when the publication is no longer this attempt's; nothing may be sent then
     */
    public void keep(Publication publication, Checkpoint checkpoint) {
        boolean kept = transactions.acrossWorkspaces(
                () -> publications.keep(publication.id(), publication.generation(), checkpoint));
        if (!kept) {
            throw new AttemptLost(publication.id());
        }
    }

    /** The publication was taken from this attempt. */
    public static final class AttemptLost extends RuntimeException {
        AttemptLost(PublicationId publication) {
            super(publication + " is no longer this attempt's");
        }
    }
}
