package dev.carillon.connectors;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.CredentialStore;
import dev.carillon.core.platform.Credentials;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The credentials of one account, with the guarantees of the production store: one renewal at a time, and none twice. */
public final class CredentialsInMemory implements CredentialStore {
    private @Nullable Credentials current;
    private int renewals;

    public CredentialsInMemory(@Nullable Credentials current) {
        this.current = current;
    }

    @Override
    public synchronized Credentials read(ConnectedAccount account) {
        if (current == null) {
            throw new CredentialsGone();
        }
        return current;
    }

    @Override
    public synchronized Credentials renew(
            ConnectedAccount account, Credentials stale, UnaryOperator<Credentials> renew) {
        if (read(account).equals(stale)) {
            current = renew.apply(stale);
            renewals++;
        }
        return read(account);
    }

    public synchronized int renewals() {
        return renewals;
    }
}
