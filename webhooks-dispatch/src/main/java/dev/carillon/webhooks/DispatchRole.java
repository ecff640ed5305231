package dev.carillon.webhooks;

import dev.carillon.core.health.HealthChecks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.jobs.LaneWork;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.jobs.lane.RowKey;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Starts and stops everything that a dispatch process runs. */
@Singleton
public class DispatchRole implements AutoCloseable {
    private final LaneWork.Starter lanes;
    private final Signals signals;
    private final RunningDeliveries running;
    private final EventPump pump;
    private final HealthChecks health;
    private final DeliveryMetrics metrics;
    private @Nullable LaneWork deliveries;

    DispatchRole(
            LaneWork.Starter lanes,
            Signals signals,
            RunningDeliveries running,
            EventPump pump,
            HealthChecks health,
            DeliveryMetrics metrics) {
        this.lanes = lanes;
        this.signals = signals;
        this.running = running;
        this.pump = pump;
        this.health = health;
        this.metrics = metrics;
    }

    public void start() {
        metrics.show();
        var work = lanes.start(
                JobServerConfig.DISPATCH,
                LaneTables.DELIVERIES,
                DeliverJob::of,
                running,
                claim -> new RowKey(claim.delivery().value(), claim.generation()));
        signals.subscribe(Signal.EVENTS_RECORDED, pump::wake);
        signals.subscribe(Signal.DELIVERIES_DUE, work::wake);
        pump.start();
        health.add("events", pump::isHealthy);
        deliveries = work;
    }

    /** Claims nothing more, waits for what runs, then stops. */
    @Override
    public void close() {
        try {
            pump.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (deliveries != null) {
            deliveries.close();
        }
    }
}
