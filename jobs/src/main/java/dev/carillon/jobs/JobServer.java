package dev.carillon.jobs;

import io.micronaut.context.BeanContext;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jobrunr.jobs.filters.JobFilter;
import org.jobrunr.jobs.filters.RetryFilter;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.BackgroundJobServerThreadType;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of one role in this process, on virtual threads, with handlers that are beans. If JobRunr stops a
 * server because the database was unavailable, a new server replaces it.
 */
public final class JobServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobServer.class);
    private static final Duration WATCH = Duration.ofSeconds(2);
    private static final Duration KEEP_DONE_JOBS = Duration.ofMinutes(10);

    /**
     * Retries of a job that threw, which means a fault on our side; a platform's answer is never an exception of a job.
     */
    private static final int RETRIES = 2;

    private final JobServerConfig config;
    private final StorageProvider storage;
    private final JsonMapper json;
    private final JobActivator handlers;
    private final List<JobFilter> filters = List.of(new RetryFilter(RETRIES));
    private final WakeHook hook;
    private final JobQueue queue;
    private final Ticks watch = new Ticks();
    private volatile BackgroundJobServer server;
    private volatile boolean closed;

    private JobServer(JobServerConfig config, DataSource pool, JobActivator handlers) {
        this.config = config;
        this.handlers = handlers;
        this.json = new JacksonJsonMapper(false);
        this.storage = new PostgresStorageProvider(
                AsyncCommitDataSource.of(pool), config.schema() + ".", DatabaseOptions.SKIP_CREATE);
        storage.setJobMapper(new JobMapper(json));
        this.server = newServer();
        this.hook = new WakeHook(config.name(), this::jobRunr);
        this.queue = new JobQueue(new JobRequestScheduler(storage, filters), hook);
    }

    /**
     * Starts a server.
     *
     * @param pool a pool from which JobRunr takes connections and on which it commits
     * @param beans where the job handlers are
     */
    public static JobServer start(JobServerConfig config, DataSource pool, BeanContext beans) {
        var started = new JobServer(config, pool, new BeanHandlers(beans));
        started.server.start();
        started.watch.every("watch " + config.name(), WATCH, started::replaceIfStopped);
        return started;
    }

    /** The queue for this role's jobs. */
    public JobQueue queue() {
        return queue;
    }

    /** Whether jobs are being run; false for a few seconds after the database was unavailable for long. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /** Accepts no more jobs, and waits for those that run. */
    @Override
    public void close() {
        closed = true;
        watch.close();
        hook.close();
        server.stop();
        storage.close();
    }

    private BackgroundJobServer newServer() {
        var fresh = new BackgroundJobServer(storage, json, handlers, settings());
        fresh.setJobFilters(filters);
        return fresh;
    }

    private BackgroundJobServerConfiguration settings() {
        return BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andName(config.name())
                // The shortest interval that JobRunr allows; the wake hook makes pick-up fast.
                .andPollIntervalInSeconds(5)
                .andBackgroundJobServerWorkerPolicy(new DefaultBackgroundJobServerWorkerPolicy(
                        config.workers(), BackgroundJobServerThreadType.VirtualThreads))
                .andDeleteSucceededJobsAfter(KEEP_DONE_JOBS)
                .andPermanentlyDeleteDeletedJobsAfter(KEEP_DONE_JOBS)
                .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(config.stopWithin());
    }

    private void replaceIfStopped() {
        if (closed || server.isRunning()) {
            return;
        }
        LOG.atWarn().addKeyValue("jobs", config.name()).log("job server had stopped; starting a new one");
        server.stop();
        var fresh = newServer();
        fresh.start();
        server = fresh;
        hook.wake();
    }

    BackgroundJobServer jobRunr() {
        return server;
    }
}
