package dev.carillon.localservers;

/**
 * Where an embedded PostgreSQL listens, and the owner of its database.
 *
 * @param user the role that owns the database; it may create roles and databases, and is not a superuser
 * @param password of that role; {@link #toString()} leaves it out
 */
public record PostgresAddress(String host, int port, String database, String user, String password) {

    /** The JDBC URL without credentials. */
    public String jdbcUrl() {
        return jdbcUrl(database);
    }

    /** The JDBC URL, without credentials, of another database on the same server. */
    public String jdbcUrl(String otherDatabase) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, otherDatabase);
    }

    @Override
    public String toString() {
        return "%s@%s:%d/%s".formatted(user, host, port, database);
    }
}
