package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.GuardedHttp;
import dev.carillon.sandbox.SandboxConfig;
import dev.carillon.sandbox.SandboxServer;
import dev.carillon.testkit.TestDatabase;
import java.time.Clock;
import java.util.List;

/** The sandbox platform on a separate database, and a connector that calls it over a socket. */
record RunningSandbox(
        TestDatabase database, SandboxServer server, GuardedHttp http, SandboxApi api, SandboxConnector connector)
        implements AutoCloseable {
    private static final String SECRET = "a-secret-of-the-tests";

    static RunningSandbox start() {
        var database = TestDatabase.fresh();
        var store = new SandboxConfig.Store(database.jdbcUrl(), database.sandboxUser(), database.sandboxPassword(), 2);
        var server = SandboxServer.start(new SandboxConfig(0, null, store, SECRET, Clock.systemUTC()));
        var http = GuardedHttp.opening(server.url().getAuthority());
        var api =
                new SandboxApi(http.json(), new SandboxClientConfig(server.url().toString(), SECRET));
        var clocks = new SystemClocks();
        var connector =
                new SandboxConnector(api, new SandboxLookUp(api, clocks), new SimulatedRules(List.of()), clocks);
        return new RunningSandbox(database, server, http, api, connector);
    }

    @Override
    public void close() {
        http.close();
        server.close();
        database.close();
    }
}
