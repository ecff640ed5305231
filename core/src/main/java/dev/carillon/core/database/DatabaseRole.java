package dev.carillon.core.database;

/** The two database roles at run time; a transaction uses one of them. */
public enum DatabaseRole {
    /** {@code carillon_app}: sees one workspace, which the transaction sets. */
    APP,
    /** {@code carillon_dispatch}: works across workspaces. */
    DISPATCH
}
