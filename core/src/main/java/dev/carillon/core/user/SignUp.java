package dev.carillon.core.user;

/** Who may become a user. */
public enum SignUp {
    /** Who was invited into a workspace, or was added by the operator. */
    INVITED,
    /** Everybody who shows an e-mail address to be theirs. */
    OPEN
}
