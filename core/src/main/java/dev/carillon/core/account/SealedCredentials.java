package dev.carillon.core.account;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.CredentialStore;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.sealing.Sealer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores credentials sealed in the database, and lets only one process at a time renew them. */
@Singleton
public class SealedCredentials implements CredentialStore {
    // Longer than a renewal may take. If the holder dies, the next renewal is delayed by at most this.
    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Transactions transactions;
    private final CredentialQueries queries;
    private final Sealer sealer;
    private final Json json;

    SealedCredentials(Transactions transactions, CredentialQueries queries, Sealer sealer, Json json) {
        this.transactions = transactions;
        this.queries = queries;
        this.sealer = sealer;
        this.json = json;
    }

    @Override
    public Credentials read(ConnectedAccount account) {
        return readSealed(account).credentials();
    }

    @Override
    public Credentials renew(ConnectedAccount account, Credentials stale, UnaryOperator<Credentials> renew) {
        long giveUpAt = System.nanoTime() + LEASE.toNanos();
        while (true) {
            var newest = readSealed(account);
            if (!newest.credentials().equals(stale)) {
                return newest.credentials();
            }
            if (onBehalfOf(account, () -> queries.lease(account.id(), newest.version(), LEASE))) {
                return renewAlone(account, newest, renew);
            }
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "the credentials of " + account.id() + " are still being renewed by another process");
            }
            pause();
        }
    }

    private Credentials renewAlone(ConnectedAccount account, Versioned newest, UnaryOperator<Credentials> renew) {
        try {
            var renewed = renew.apply(newest.credentials());
            var sealed = seal(account.workspace(), account.id(), renewed);
            boolean stored = onBehalfOf(account, () -> queries.renew(account.id(), newest.version(), sealed));
            return stored ? renewed : read(account);
        } catch (RuntimeException e) {
            onBehalfOf(account, () -> {
                queries.giveUpLease(account.id(), newest.version());
                return true;
            });
            throw e;
        }
    }

    /** Stores credentials in the open transaction. */
    void store(Tenant tenant, AccountId account, Credentials credentials) {
        queries.store(tenant, account, seal(tenant.workspace(), account, credentials));
    }

    private record Versioned(Credentials credentials, long version) {}

    private Versioned readSealed(ConnectedAccount account) {
        return onBehalfOf(account, () -> queries.read(account.id(), (bytes, version) -> open(account, bytes, version)))
                .orElseThrow(CredentialsGone::new);
    }

    private Versioned open(ConnectedAccount account, byte[] sealed, long version) {
        var text = sealer.open(account.workspace(), account.id().toString(), sealed);
        return new Versioned(new Credentials(json.readTexts(text)), version);
    }

    private byte[] seal(WorkspaceId workspace, AccountId account, Credentials credentials) {
        return sealer.seal(workspace, account.toString(), json.write(credentials.values()));
    }

    private <T> T onBehalfOf(ConnectedAccount account, Supplier<T> work) {
        return transactions.onBehalfOf(account.workspace(), work);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for another process to renew credentials", e);
        }
    }
}
