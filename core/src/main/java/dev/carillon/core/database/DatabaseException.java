package dev.carillon.core.database;

import java.sql.SQLException;

/**
 * The database refused a statement or could not be reached. The message contains the statement's first line and never
 * its values.
 */
public final class DatabaseException extends RuntimeException {
    DatabaseException(String statement, SQLException cause) {
        super(statement.strip().lines().findFirst().orElse("") + ": " + cause.getMessage(), cause);
    }
}
