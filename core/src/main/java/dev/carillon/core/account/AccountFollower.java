package dev.carillon.core.account;

/**
 * Is notified of changes to accounts within the same transaction, so that everything that depends on an account changes
 * with it.
 */
public interface AccountFollower {
    /** The account was connected, for the first time or again. */
    void connected(Account account);

    /** The account was disconnected. */
    void disconnected(Account account);
}
