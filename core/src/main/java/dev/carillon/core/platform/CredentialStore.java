package dev.carillon.core.platform;

import java.util.function.UnaryOperator;

/** Where a connector finds and renews the credentials of an account. */
public interface CredentialStore {
    /**
     * The newest credentials.
     *
     * @throws CredentialsGone when the account has been disconnected meanwhile
     */
    Credentials read(ConnectedAccount account);

    /**
     * Renews credentials that the platform no longer takes, one process at a time. The call happens outside any transaction; a
     * process that finds another one renewing waits for its result, and one that comes late gets what is there.
     *
     * @param stale what the caller has just used in vain
     * @param renew asks the platform for new ones; what it throws ends the renewal and reaches the caller
     * @return the newest credentials, renewed by this or another process
     */
    Credentials renew(ConnectedAccount account, Credentials stale, UnaryOperator<Credentials> renew);

    /** The account has no credentials any more. */
    final class CredentialsGone extends RuntimeException {
        public CredentialsGone() {
            super("the account has no credentials");
        }
    }
}
