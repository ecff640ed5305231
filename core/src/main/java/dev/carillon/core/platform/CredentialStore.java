package dev.carillon.core.platform;

import java.util.function.UnaryOperator;

/** Where a connector reads and renews an account's credentials. */
public interface CredentialStore {
    /**
     * The newest credentials.
     *
     * @throws CredentialsGone if the account has been disconnected in the meantime
     */
    Credentials read(ConnectedAccount account);

    /**
     * Renews credentials that the platform no longer accepts, in one process at a time. The call happens outside any
     * transaction. A process that finds another one renewing waits for its result; a process that comes later gets the
     * credentials that are already renewed.
     *
     * @param stale the credentials that the platform has just refused
     * @param renew asks the platform for new credentials; an exception ends the renewal and reaches the caller
     * @return the newest credentials, renewed by this or another process
     */
    Credentials renew(ConnectedAccount account, Credentials stale, UnaryOperator<Credentials> renew);

    /** The account no longer has credentials. */
    final class CredentialsGone extends RuntimeException {
        public CredentialsGone() {
            super("the account has no credentials");
        }
    }
}
