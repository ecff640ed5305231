package dev.carillon.core.account;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Platform;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Connects, shows and disconnects accounts. */
@Singleton
public class AccountService {
    private final Transactions transactions;
    private final AccountQueries queries;
    private final AccountGroupQueries groups;
    private final SealedCredentials credentials;
    private final CredentialQueries credentialQueries;
    private final List<AccountFollower> followers;
    private final EventRecorder events;
    private final Clocks clocks;

    AccountService(
            Transactions transactions,
            AccountQueries queries,
            AccountGroupQueries groups,
            SealedCredentials credentials,
            CredentialQueries credentialQueries,
            List<AccountFollower> followers,
            EventRecorder events,
            Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.groups = groups;
        this.credentials = credentials;
        this.credentialQueries = credentialQueries;
        this.followers = followers;
        this.events = events;
        this.clocks = clocks;
    }

    /**
     * Stores an identity that the platform has confirmed. Connecting the same identity again updates the same account
     * with the new credentials.
     */
    public Account connect(Actor actor, NewAccount linked) {
        requireConnector(actor);
        return transactions.inWorkspace(actor, () -> connect(actor.tenant(), linked));
    }

    /**
     * Checks whether the caller may connect accounts, for code that calls the platform first.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code scope_missing} or {@code key_is_bound}
     */
    public static void requireConnector(Actor actor) {
        actor.require(Scope.ACCOUNTS_WRITE);
        actor.requireUnbound("a newly connected account would not be one of them");
    }

    /** Connects without checking the caller; joins the open transaction. */
    Account connect(Tenant tenant, NewAccount linked) {
        if (linked.group() != null) {
            requireGroup(tenant, linked.group());
        }
        var now = clocks.now(tenant.workspace(), tenant.mode());
        var account = queries.connect(tenant, linked, now);
        credentials.store(tenant, account.id(), linked.credentials());
        events.record(tenant, new Event.AccountConnected(account.payload()), now);
        followers.forEach(follower -> follower.connected(account));
        return account;
    }

    /**
     * One account.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}, also for an account of another workspace or mode
     */
    public Account get(Actor actor, AccountId id) {
        actor.require(Scope.ACCOUNTS_READ);
        return transactions.inWorkspace(actor, () -> existing(actor.tenant(), id));
    }

    /** Those of the accounts that the caller may see, in no particular order. */
    public List<Account> getAll(Actor actor, Collection<AccountId> ids) {
        actor.require(Scope.ACCOUNTS_READ);
        return transactions.inWorkspace(actor, () -> queries.findAll(actor.tenant(), ids));
    }

    public Page<Account> list(Actor actor, AccountFilter filter, PageRequest page) {
        actor.require(Scope.ACCOUNTS_READ);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor.tenant(), filter, page.after(AccountId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), account -> account.id().toString());
        });
    }

    /** Deletes the tokens; scheduled publications wait. Repeating it is harmless. */
    public Account disconnect(Actor actor, AccountId id) {
        actor.require(Scope.ACCOUNTS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var now = clocks.now(actor.workspace(), actor.mode());
            var moved = queries.move(actor.tenant(), id, AccountStatus.DISCONNECTED, null, now);
            if (moved.isEmpty()) {
                return existing(actor.tenant(), id);
            }
            credentialQueries.wipe(id);
            events.record(
                    actor.tenant(), new Event.AccountDisconnected(moved.get().payload()), now);
            // The held publications belong to posts that may also target accounts outside the caller's bounds.
            transactions.beyondBounds(() -> {
                followers.forEach(follower -> follower.disconnected(moved.get()));
                return moved;
            });
            return moved.get();
        });
    }

    /** Those of the accounts that exist in this workspace and mode; joins the open transaction. */
    public List<Account> find(Tenant tenant, Collection<AccountId> ids) {
        return queries.findAll(tenant, ids);
    }

    /** The accounts with these ids, in any workspace; joins an open transaction across workspaces. */
    public List<Account> findAcross(Collection<AccountId> ids) {
        return queries.findAcross(ids);
    }

    /** Joins the open transaction. */
    public Optional<Account> find(Tenant tenant, AccountId id) {
        return queries.find(tenant, id);
    }

    /** Records that the platform refused the account's tokens; joins the transaction that records the outcome. */
    public void needsReauth(Tenant tenant, AccountId id, String reason) {
        var now = clocks.now(tenant.workspace(), tenant.mode());
        queries.move(tenant, id, AccountStatus.NEEDS_REAUTH, reason, now)
                .ifPresent(account -> events.record(tenant, new Event.AccountNeedsReauth(account.payload()), now));
    }

    /**
     * Checks that the group exists, and locks it against deletion; joins the open transaction.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}, at the field
     */
    void requireGroup(Tenant tenant, AccountGroupId id) {
        if (groups.lock(tenant, id).isEmpty()) {
            throw ErrorCode.NOT_FOUND.at(
                    "/account_group_id", "There is no account group %s in this workspace and mode.".formatted(id));
        }
    }

    /** The accounts of a group that are not disconnected, oldest first; joins the open transaction. */
    public List<Account> connectedIn(Tenant tenant, AccountGroupId group) {
        return queries.active(tenant, group, null);
    }

    /** The accounts on a platform that are not disconnected, oldest first; joins the open transaction. */
    public List<Account> connectedOn(Tenant tenant, Platform platform) {
        return queries.active(tenant, null, platform);
    }

    /** Whether the group exists; joins the open transaction. */
    public boolean hasGroup(Tenant tenant, AccountGroupId group) {
        return groups.find(tenant, group).isPresent();
    }

    Account existing(Tenant tenant, AccountId id) {
        return queries.find(tenant, id)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no account %s.".formatted(id)));
    }
}
