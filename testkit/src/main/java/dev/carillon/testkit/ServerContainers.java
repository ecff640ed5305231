package dev.carillon.testkit;

import dev.carillon.localservers.PostgresAddress;
import dev.carillon.localservers.RedisAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers as containers, to test other versions than the embedded ones: {@code CARILLON_TEST_POSTGRES_IMAGE} and
 * {@code CARILLON_TEST_REDIS_IMAGE} name the images. Testcontainers removes them when the JVM ends.
 */
final class ServerContainers {
    private static final String OWNER = "carillon_owner";
    private static final String DATABASE = "carillon";
    private static final int REDIS_PORT = 6379;
    private static final String REDIS_PASSWORD = "test";

    private ServerContainers() {}

    static TestServers start() {
        var postgres = new PostgreSQLContainer(
                image("CARILLON_TEST_POSTGRES_IMAGE", "postgres:15-alpine").asCompatibleSubstituteFor("postgres"));
        var redis = new GenericContainer<>(image("CARILLON_TEST_REDIS_IMAGE", "valkey/valkey:8-alpine"))
                .withExposedPorts(REDIS_PORT)
                .withCommand("--requirepass", REDIS_PASSWORD);
        postgres.withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=120");
        postgres.start();
        redis.start();
        var superuser = new PostgresAddress(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getDatabaseName(),
                postgres.getUsername(),
                postgres.getPassword());
        return new TestServers(
                superuser,
                owner(superuser),
                new RedisAddress(redis.getHost(), redis.getMappedPort(REDIS_PORT), "default", REDIS_PASSWORD));
    }

    /** Creates the same owner and database that the embedded server has from the start. */
    private static PostgresAddress owner(PostgresAddress superuser) {
        try (var connection = DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE %s LOGIN CREATEROLE CREATEDB PASSWORD '%s'".formatted(OWNER, superuser.password()));
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, OWNER));
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the owner in the container", e);
        }
        return new PostgresAddress(superuser.host(), superuser.port(), DATABASE, OWNER, superuser.password());
    }

    private static DockerImageName image(String variable, String fallback) {
        return DockerImageName.parse(Objects.requireNonNullElse(System.getenv(variable), fallback));
    }
}
