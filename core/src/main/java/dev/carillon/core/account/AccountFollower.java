package dev.carillon.core.account;

/** Hears, inside the same transaction, what happens to accounts; so that what hangs on an account changes with it. */
public interface AccountFollower {
    /** It can be published to, newly or again. */
    void connected(Account account);

    /** It was disconnected. */
    void disconnected(Account account);
}
