package dev.carillon.worker;

import dev.carillon.sandbox.SandboxConfig;
import dev.carillon.sandbox.SandboxServer;
import dev.carillon.testkit.TestDatabase;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The sandbox platform on its own port and database, and workers that publish to it. */
final class RunningSandbox implements AutoCloseable {
    private static final String SECRET = "a secret of the sandbox";

    private final TestDatabase database = TestDatabase.fresh();
    private final SandboxServer server;

    RunningSandbox() {
        var store = new SandboxConfig.Store(database.jdbcUrl(), database.sandboxUser(), database.sandboxPassword(), 4);
        server = SandboxServer.start(new SandboxConfig(0, null, store, SECRET, Clock.systemUTC()));
    }

    /** Starts a worker that publishes to this sandbox. */
    Workshop workshop(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(Map.of(
                "carillon.sandbox.url", server.url().toString(),
                "carillon.sandbox.secret", SECRET,
                "carillon.outbound.sandbox", server.url().getAuthority()));
        all.putAll(settings);
        return new Workshop(all).start();
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
