package dev.carillon.app.bench.server;

import java.io.PrintStream;

/** What statements cost PostgreSQL, from {@code pg_stat_statements} if that is loaded. */
public final class StatementStatistics {
    private static final int TOP = 25;
    private static final int TEXT = 150;

    private static final String AVAILABLE = """
            SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements')
               AND current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%'
            """;
    private static final String COSTS = """
            SELECT calls, total_exec_time, rows, wal_bytes::bigint, regexp_replace(query, '\\s+', ' ', 'g')
            FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_%'
            ORDER BY total_exec_time DESC
            LIMIT ?
            """;

    private final BenchDatabase database;
    private final boolean available;

    public StatementStatistics(BenchDatabase database) {
        this.database = database;
        this.available = database.isTrue(AVAILABLE);
    }

    public boolean available() {
        return available;
    }

    /** Resets the statistics. */
    public void reset() {
        if (available) {
            database.one("SELECT pg_stat_statements_reset() IS NULL", row -> row.getBoolean(1));
        }
    }

    public void print(PrintStream out) {
        out.printf("%9s %10s %9s %9s %8s  %s%n", "calls", "total ms", "mean ms", "rows", "WAL kB", "statement");
        database.list(
                        COSTS,
                        row -> new Cost(
                                row.getLong(1), row.getDouble(2), row.getLong(3), row.getLong(4), row.getString(5)),
                        TOP)
                .forEach(cost -> cost.print(out));
    }

    private record Cost(long calls, double millis, long rows, long walBytes, String text) {
        void print(PrintStream out) {
            out.printf(
                    "%9d %10.0f %9.3f %9d %8d  %s%n",
                    calls,
                    millis,
                    millis / calls,
                    rows,
                    walBytes / 1024,
                    text.substring(0, Math.min(TEXT, text.length())));
        }
    }
}
