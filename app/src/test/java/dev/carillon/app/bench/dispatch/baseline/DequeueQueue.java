package dev.carillon.app.bench.dispatch.baseline;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.app.bench.dispatch.baseline.Load.Job;
import dev.carillon.app.bench.dispatch.baseline.Tally.Tallies;
import dev.carillon.app.bench.server.BenchDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A table and {@code DELETE … FOR UPDATE SKIP LOCKED} of one row at a time: the least that a queue on PostgreSQL must do. */
public final class DequeueQueue implements JobQueueUnderTest {
    private static final String TABLE = """
            CREATE TABLE queue (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, lasts_ms bigint NOT NULL,
                                due_at timestamptz NOT NULL);
            CREATE INDEX queue_due ON queue (due_at, id)
            """;
    private static final String PUT = """
            INSERT INTO queue (kind, lasts_ms, due_at)
            SELECT ?, ?, ?::timestamptz + nth * ? * interval '1 microsecond' FROM generate_series(0, ? - 1) AS nth
            """;
    private static final String TAKE = """
            DELETE FROM queue WHERE id = (
                SELECT id FROM queue WHERE due_at <= now() ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING kind, lasts_ms, (extract(epoch FROM due_at) * 1000000)::bigint
            """;

    private final BenchDatabase database;
    private final HikariDataSource pool;
    private final int workers;
    private final Duration poll;
    private final Tallies tallies = new Tallies();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public DequeueQueue(BenchDatabase database, int workers, int connections, Duration poll) {
        this.database = database;
        this.workers = workers;
        this.poll = poll;
        this.pool = database.newPool(connections);
        database.run(TABLE);
    }

    @Override
    public String name() {
        return "skip locked, %d workers".formatted(workers);
    }

    @Override
    public void put(Load load, Instant first) {
        database.run(
                PUT,
                load.kind(),
                load.lasts().toMillis(),
                first.plus(load.after()),
                load.spacingMicros(),
                load.count());
    }

    @Override
    public void start() {
        for (int worker = 0; worker < workers; worker++) {
            threads.execute(this::work);
        }
    }

    private void work() {
        try {
            while (closed.getCount() > 0) {
                var job = take();
                if (job.isPresent()) {
                    tallies.run(job.get());
                } else {
                    closed.await(poll.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Job> take() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(TAKE);
                var rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Job(rows.getString(1), rows.getLong(2), rows.getLong(3)))
                    : Optional.empty();
        }
    }

    @Override
    public boolean isEmpty() {
        return !database.isTrue("SELECT EXISTS (SELECT FROM queue)");
    }

    @Override
    public Tallies tallies() {
        return tallies;
    }

    @Override
    public void close() {
        closed.countDown();
        tallies.release();
        threads.close();
        pool.close();
    }
}
