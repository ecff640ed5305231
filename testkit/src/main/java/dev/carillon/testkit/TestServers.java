package dev.carillon.testkit;

import dev.carillon.localservers.LocalServers;
import dev.carillon.localservers.PostgresAddress;
import dev.carillon.localservers.RedisAddress;
import org.testcontainers.DockerClientFactory;

/**
 * The PostgreSQL and the Redis of this test JVM. They are embedded, or containers if
 * {@code CARILLON_TEST_CONTAINERS=true} is set and a container engine runs; either way they end with the JVM.
 *
 * @param superuser creates and drops databases even while roles of the tests are still connected to them
 * @param owner the owner's login as Carillon knows it: may create roles and databases, and is not a superuser
 */
record TestServers(PostgresAddress superuser, PostgresAddress owner, RedisAddress redis) {

    /** Started on first use. */
    static TestServers shared() {
        return Shared.SERVERS;
    }

    private static TestServers start() {
        boolean wanted = Boolean.parseBoolean(System.getenv("CARILLON_TEST_CONTAINERS"));
        return wanted && DockerClientFactory.instance().isDockerAvailable() ? ServerContainers.start() : embedded();
    }

    private static TestServers embedded() {
        var folder = TestFolder.resolve("shared");
        ClusterTemplate.copyTo(folder);
        var servers = LocalServers.start(folder, LocalServers.Options.FORGETFUL);
        TestFolder.atExit(servers::close);
        return new TestServers(servers.postgresServer().superuser(), servers.postgres(), servers.redis());
    }

    private static final class Shared {
        static final TestServers SERVERS = start();
    }
}
