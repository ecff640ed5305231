package dev.carillon.core.user;

/** Who may become a user. */
public enum SignUp {
    /** People who were invited into a workspace, or added by the operator. */
    INVITED,
    /** Everyone who proves that an e-mail address is theirs. */
    OPEN
}
