package dev.carillon.jobs;

import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.database.DatabaseRole;
import dev.carillon.core.health.HealthChecks;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.jobs.lane.RowKey;
import io.micronaut.context.BeanContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * All work on one kind of lane in this process: dispatcher, job server and running rows, started and stopped together.
 */
public final class LaneWork implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final JobServer server;
    private final Dispatcher dispatcher;
    private final RunningRows<?> running;

    private LaneWork(JobServer server, Dispatcher dispatcher, RunningRows<?> running) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.running = running;
    }

    /** Starts work on lanes. */
    @Singleton
    public static class Starter {
        private final BeanContext beans;
        private final DatabasePools pools;
        private final LaneFactory lanes;
        private final Clocks clocks;
        private final DispatchConfig config;
        private final HealthChecks health;
        private final LaneMetrics metrics;

        Starter(
                BeanContext beans,
                DatabasePools pools,
                LaneFactory lanes,
                Clocks clocks,
                DispatchConfig config,
                HealthChecks health,
                LaneMetrics metrics) {
            this.beans = beans;
            this.pools = pools;
            this.lanes = lanes;
            this.clocks = clocks;
            this.config = config;
            this.health = health;
            this.metrics = metrics;
        }

        /**
         * Starts the work and adds its health to the process's.
         *
         * @param jobOf makes the job for a chunk of rows; it carries their ids and generations
         * @param attempts what the job's handler runs the claims with
         * @param keyOf returns the key of a claim's row
         */
        public <C> LaneWork start(
                JobServerConfig jobs,
                LaneTables tables,
                Function<List<Claimed>, ? extends JobRequest> jobOf,
                AttemptRunner<C, ?, ?, ?> attempts,
                Function<C, RowKey> keyOf) {
            var server = JobServer.start(jobs, pools.pool(DatabaseRole.DISPATCH), beans);
            var dispatcher = new Dispatcher(jobs.name(), lanes.of(tables), server.queue(), jobOf, clocks, config);
            var running = attempts.running();
            running.whenStarted(row -> dispatcher.started(keyOf.apply(row)));
            running.whenAnswered(row -> dispatcher.answered(keyOf.apply(row)));
            running.whenDone(row -> dispatcher.done(keyOf.apply(row)));
            dispatcher.start();
            var work = new LaneWork(server, dispatcher, running);
            health.add(jobs.name(), work::isHealthy);
            metrics.show(jobs.name(), dispatcher);
            return work;
        }
    }

    /** Triggers a poll for due rows now. Returns at once; callable from any thread. */
    public void wake() {
        dispatcher.wake();
    }

    /** Whether this process finds and runs work. */
    public boolean isHealthy() {
        return dispatcher.isHealthy() && server.isRunning();
    }

    /** Claims nothing more, waits for what runs, then stops. */
    @Override
    public void close() {
        dispatcher.close();
        server.close();
        try {
            running.awaitAll(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
