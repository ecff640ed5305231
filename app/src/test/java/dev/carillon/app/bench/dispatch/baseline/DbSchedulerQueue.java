package dev.carillon.app.bench.dispatch.baseline;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.app.bench.dispatch.baseline.Load.Job;
import dev.carillon.app.bench.dispatch.baseline.Tally.Tallies;
import dev.carillon.app.bench.server.BenchDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;

/**
 * db-scheduler, configured as its documentation recommends for many short jobs: lock-and-fetch, up to four jobs per thread fetched at once.
 */
public final class DbSchedulerQueue implements JobQueueUnderTest {
    private static final double FETCH_BELOW = 1.0;
    private static final double FETCH_UP_TO = 4.0;

    private static final Duration STOP = Duration.ofSeconds(10);

    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
                task_name text NOT NULL,
                task_instance text NOT NULL,
                task_data bytea,
                execution_time timestamptz NOT NULL,
                picked boolean NOT NULL,
                picked_by text,
                last_success timestamptz,
                last_failure timestamptz,
                consecutive_failures integer,
                last_heartbeat timestamptz,
                version bigint NOT NULL,
                priority smallint,
                PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC)
            """;

    private final BenchDatabase database;
    private final HikariDataSource pool;
    private final int threads;
    private final Tallies tallies = new Tallies();
    private final OneTimeTask<Job> task =
            Tasks.oneTime("job", Job.class).execute((instance, context) -> run(instance.getData()));
    private final Scheduler scheduler;

    public DbSchedulerQueue(BenchDatabase database, int threads, int connections, Duration poll) {
        this.database = database;
        this.threads = threads;
        this.pool = database.newPool(connections);
        database.run(TABLE);
        this.scheduler = Scheduler.create(pool, task)
                .threads(threads)
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .pollingInterval(poll)
                .shutdownMaxWait(STOP)
                .build();
    }

    private void run(Job job) {
        try {
            tallies.run(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "db-scheduler, %d threads".formatted(threads);
    }

    @Override
    public void put(Load load, Instant first) {
        var instances = new ArrayList<SchedulableInstance<?>>();
        load.jobs(first)
                .forEach(job -> instances.add(
                        SchedulableInstance.of(task.instance(UUID.randomUUID().toString(), job), job.due())));
        scheduler.scheduleBatch(instances);
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public boolean isEmpty() {
        return !database.isTrue("SELECT EXISTS (SELECT FROM scheduled_tasks)");
    }

    @Override
    public Tallies tallies() {
        return tallies;
    }

    @Override
    public void close() {
        tallies.release();
        scheduler.stop();
        pool.close();
    }
}
