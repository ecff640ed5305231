package dev.carillon.app.bench.dispatch.baseline;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.app.bench.dispatch.baseline.Load.Job;
import dev.carillon.app.bench.dispatch.baseline.Tally.Tallies;
import dev.carillon.app.bench.server.BenchDatabase;
import java.time.Duration;
import java.time.Instant;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** JobRunr by itself: stock tables and settings, polling every 5 s (the shortest interval it allows), each job scheduled for its time. */
public final class JobRunrQueue implements JobQueueUnderTest {
    private static final int POLL_SECONDS = 5;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final BenchDatabase database;
    private final HikariDataSource pool;
    private final StorageProvider storage;
    private final JobRequestScheduler scheduler;
    private final BackgroundJobServer server;
    private final Tallies tallies = new Tallies();

    public JobRunrQueue(BenchDatabase database, int connections) {
        this.database = database;
        this.pool = database.newPool(connections);
        var json = new JacksonJsonMapper(false);
        this.storage = new PostgresStorageProvider(pool);
        storage.setJobMapper(new JobMapper(json));
        this.scheduler = new JobRequestScheduler(storage);
        this.server = new BackgroundJobServer(storage, json, new OneHandler(new TimedHandler(tallies)), settings());
    }

    private static BackgroundJobServerConfiguration settings() {
        return BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andPollIntervalInSeconds(POLL_SECONDS)
                .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(STOP);
    }

    /** A job as JobRunr stores it. */
    public record TimedJob(Job job) implements JobRequest {
        @Override
        public Class<TimedHandler> getJobRequestHandler() {
            return TimedHandler.class;
        }
    }

    /** Runs a job. */
    public static final class TimedHandler implements JobRequestHandler<TimedJob> {
        private final Tallies tallies;

        TimedHandler(Tallies tallies) {
            this.tallies = tallies;
        }

        @Override
        public void run(TimedJob request) throws InterruptedException {
            tallies.run(request.job());
        }
    }

    private record OneHandler(TimedHandler handler) implements JobActivator {
        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(handler);
        }
    }

    @Override
    public String name() {
        return "JobRunr schedule, %d workers"
                .formatted(server.getWorkDistributionStrategy().getWorkerCount());
    }

    @Override
    public void put(Load load, Instant first) {
        scheduler.create(load.jobs(first)
                .map(job -> JobBuilder.aJob().withJobRequest(new TimedJob(job)).scheduleAt(job.due())));
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public boolean isEmpty() {
        return !database.isTrue(
                "SELECT EXISTS (SELECT FROM jobrunr_jobs WHERE state IN ('SCHEDULED', 'ENQUEUED', 'PROCESSING'))");
    }

    @Override
    public Tallies tallies() {
        return tallies;
    }

    @Override
    public void close() {
        tallies.release();
        server.stop();
        scheduler.shutdown();
        pool.close();
    }
}
