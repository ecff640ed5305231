package dev.carillon.core.sealing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Checks a database's master key before the application starts: with the owner's login, and possibly before any
 * migration.
 */
public final class MasterKeyQueries {
    private static final String IS_MIGRATED = "SELECT to_regclass('installation') IS NOT NULL";
    private static final String CHECK_VALUE = "SELECT master_key_check FROM installation";

    private MasterKeyQueries() {}

    /** Whether the database was first started with this key, or has not been started yet. */
    public static boolean fits(DataSource owner, MasterKey master) {
        try (var connection = owner.getConnection()) {
            return checkValue(connection).map(master::sealedCheck).orElse(true);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Cannot read the check of the master key from the database: " + e.getMessage(), e);
        }
    }

    private static Optional<byte[]> checkValue(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var migrated = statement.executeQuery(IS_MIGRATED)) {
                if (!migrated.next() || !migrated.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            try (var stored = statement.executeQuery(CHECK_VALUE)) {
                return stored.next() ? Optional.of(stored.getBytes(1)) : Optional.empty();
            }
        }
    }
}
