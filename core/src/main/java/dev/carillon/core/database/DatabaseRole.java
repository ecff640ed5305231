package dev.carillon.core.database;

/** Which of the two running roles a transaction uses. */
public enum DatabaseRole {
    /** {@code carillon_app}: sees one workspace, which the transaction names. */
    APP,
    /** {@code carillon_dispatch}: works across workspaces. */
    DISPATCH
}
