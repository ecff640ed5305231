package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.dispatch.Fill.Due;
import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Many posts of several workspaces that are due at one moment, measured until the last one ends. */
final class Bursts {
    static final int WORKSPACES = 50;
    private static final int ACCOUNTS_EACH = 2;

    private final Bench bench;
    private final BenchDatabase database;
    private final List<UUID> accounts;

    /** Creates the workspaces; a worker must be running before the measurement. */
    Bursts(Bench bench, BenchDatabase database) {
        this.bench = bench;
        this.database = database;
        this.accounts = new Fill(database).accounts(Platform.MASTODON, WORKSPACES, ACCOUNTS_EACH);
    }

    List<UUID> accounts() {
        return accounts;
    }

    /** The result of one burst. */
    record Measured(Due due, Delays delays, double perSecond, String note) {
        Goal atLeast(double perSecondWanted) {
            return Goal.atLeast("publications", perSecondWanted, perSecond);
        }

        Result result(String scenario, String system, Goal... goals) {
            return new Result(scenario, system, delays, perSecond, note, List.of(goals));
        }
    }

    /** Warms up, measures one burst, and checks that all of its rows were written. */
    Measured measured(String name, int count, Duration limit) throws Exception {
        bench.warmUp(database, accounts);
        var due =
                bench.filled(database, count, first -> new Fill(database).posts(accounts, count, first, Duration.ZERO));
        boolean ended = bench.measure(name, database, () -> bench.awaitEnd(database, due, limit));
        var readings = new Readings(database);
        if (ended) {
            readings.checkBooks(due);
        }
        var span = readings.span(due);
        var note = ended ? "" : "stopped after %d s, %,d done".formatted(limit.toSeconds(), span.ended());
        return new Measured(due, readings.startDelays(due), span.perSecond(), note);
    }
}
