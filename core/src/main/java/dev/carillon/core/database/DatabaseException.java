package dev.carillon.core.database;

import java.sql.SQLException;

/** The database refused or could not be reached. The message names the statement's first words and never its values. */
public final class DatabaseException extends RuntimeException {
    DatabaseException(String statement, SQLException cause) {
        super(statement.strip().lines().findFirst().orElse("") + ": " + cause.getMessage(), cause);
    }
}
