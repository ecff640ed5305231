package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.bench.server.RoleProcess;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The setup of a measurement: a fresh database, its customers, and one dispatch process, which closing stops. */
record Place(BenchServers servers, BenchDatabase database, Customers customers, RoleProcess dispatch, PrintStream out)
        implements AutoCloseable {
    /**
     * Starts the process.
     *
     * @param allowed {@code host:port} of the receivers, separated by commas
     * @param jvmOptions of the dispatch process, in addition to the launcher's
     */
    static Place start(BenchServers servers, String allowed, List<String> jvmOptions, PrintStream out) {
        var database = servers.carillon();
        var customers = new Customers(servers, database, allowed);
        var dispatch = RoleProcess.start(
                "dispatch", servers, database, jvmOptions, Map.of("CARILLON_OUTBOUND_ALLOW", allowed));
        return new Place(servers, database, customers, dispatch, out);
    }

    BulkQueries bulk() {
        return new BulkQueries(database);
    }

    /** As autovacuum does within a minute, so that plans made for empty tables are replaced. */
    void analyze() {
        try (var superuser = BenchDatabase.of(servers.superuser(database))) {
            superuser.run("ANALYZE");
        }
    }

    @Override
    public void close() {
        try (database;
                customers) {
            // Empty in a good run: the process logs warnings only.
            out.print(dispatch.saidSinceItsStart()
                    .lines()
                    .map("  %s%n"::formatted)
                    .reduce("", String::concat));
            dispatch.close();
        }
    }
}
