package dev.carillon.app.bench.api;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Transactions that only insert, one after the other: what the database can do at most. */
final class BareInserts implements Contestant {
    private final String name;
    private final HikariDataSource pool;
    private final Insert insert;

    private BareInserts(String name, HikariDataSource pool, Insert insert) {
        this.name = name;
        this.pool = pool;
        this.insert = insert;
    }

    /** The inserts of one transaction, in one round trip. */
    interface Insert {
        void run(Connection connection) throws SQLException;
    }

    /** One row at a time into a table without constraints, over as many connections as the pool has. */
    static BareInserts ofOneRow(HikariDataSource pool) {
        return new BareInserts(Scenarios.BARE_INSERT, pool, BareInserts::insertRow);
    }

    /** Every row that a new post with one target and an idempotency key writes, with the tables' own keys, triggers and indexes. */
    static BareInserts ofPosts(HikariDataSource pool, PostRows rows) {
        return new BareInserts(Scenarios.BARE_POST, pool, rows::insert);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Measured run(Duration time) throws InterruptedException {
        long began = System.nanoTime();
        var all = new Measured();
        try (var writers = Executors.newFixedThreadPool(pool.getMaximumPoolSize())) {
            var work = new ArrayList<Callable<Measured>>();
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                work.add(() -> write(began + time.toNanos()));
            }
            for (var written : writers.invokeAll(work)) {
                all.add(written.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        all.ended(Duration.ofNanos(System.nanoTime() - began), Duration.ZERO);
        return all;
    }

    private Measured write(long untilNanos) throws SQLException {
        var measured = new Measured();
        var threads = ManagementFactory.getThreadMXBean();
        long cpuBefore = threads.getCurrentThreadCpuTime();
        try (var connection = pool.getConnection()) {
            for (long now = System.nanoTime(); now < untilNanos; now = System.nanoTime()) {
                insert.run(connection);
                measured.record(System.nanoTime() - now);
            }
        }
        measured.ended(Duration.ZERO, Duration.ofNanos(threads.getCurrentThreadCpuTime() - cpuBefore));
        return measured;
    }

    private static void insertRow(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ArchiveQueries.BARE_INSERT)) {
            statement.setObject(1, UUID.randomUUID());
            statement.setString(2, ArchiveQueries.BARE_TEXT);
            statement.executeUpdate();
        }
    }
}
