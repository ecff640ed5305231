package dev.carillon.core.database;

import java.sql.SQLException;

/** The database refused or could not be reached. The message names the statement's first words and never its values. */
public final class DatabaseException extends RuntimeException {
    private final String state;

    DatabaseException(String statement, SQLException cause) {
        super(statement.strip().lines().findFirst().orElse("") + ": " + cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** Whether a row with the same key was there already. */
    public boolean isUniqueViolation() {
        return state.equals("23505");
    }
}
