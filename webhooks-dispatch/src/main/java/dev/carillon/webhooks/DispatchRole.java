package dev.carillon.webhooks;

import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.database.DatabaseRole;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.Dispatcher;
import dev.carillon.jobs.JobServer;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import io.micronaut.context.BeanContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Starts and stops everything that a dispatch process runs. */
@Singleton
public class DispatchRole implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final BeanContext beans;
    private final DatabasePools pools;
    private final LaneFactory lanes;
    private final Clocks clocks;
    private final DispatchConfig config;
    private final Signals signals;
    private final RunningDeliveries running;
    private final EventPump pump;
    private @Nullable JobServer jobs;
    private @Nullable Dispatcher dispatcher;

    DispatchRole(
            BeanContext beans,
            DatabasePools pools,
            LaneFactory lanes,
            Clocks clocks,
            DispatchConfig config,
            Signals signals,
            RunningDeliveries running,
            EventPump pump) {
        this.beans = beans;
        this.pools = pools;
        this.lanes = lanes;
        this.clocks = clocks;
        this.config = config;
        this.signals = signals;
        this.running = running;
        this.pump = pump;
    }

    public void start() {
        var server = JobServer.start(JobServerConfig.DISPATCH, pools.pool(DatabaseRole.DISPATCH), beans);
        var deliveries = lanes.of(LaneTables.DELIVERIES);
        var dispatching = new Dispatcher("deliveries", deliveries, server.queue(), DeliverJob::of, clocks, config);
        running.whenStarted(claim -> dispatching.started(claim.delivery().value(), claim.generation()));
        running.whenDone(claim -> dispatching.done(claim.delivery().value(), claim.generation()));
        signals.subscribe(Signal.EVENTS_RECORDED, pump::wake);
        signals.subscribe(Signal.DELIVERIES_DUE, dispatching::wake);
        dispatching.start();
        pump.start();
        jobs = server;
        dispatcher = dispatching;
    }

    /** Whether this process numbers events, and finds and sends deliveries. */
    public boolean isHealthy() {
        return pump.isHealthy() && dispatcher != null && dispatcher.isHealthy() && jobs != null && jobs.isRunning();
    }

    /** Claims nothing more, waits for what runs, then stops. */
    @Override
    public void close() {
        try {
            pump.stop();
            if (dispatcher != null) {
                dispatcher.close();
            }
            if (jobs != null) {
                jobs.close();
            }
            running.awaitAll(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
