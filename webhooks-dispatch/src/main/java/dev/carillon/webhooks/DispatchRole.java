package dev.carillon.webhooks;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.DeliveryClaim;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.jobs.LaneWork;
import dev.carillon.jobs.Ticks;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.jobs.lane.RowKey;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts and stops everything that a dispatch process runs. */
@Singleton
public class DispatchRole implements AutoCloseable {
    private final LaneWork.Starter lanes;
    private final Signals signals;
    private final DeliverySender sender;
    private final EventPump events;
    private final DeliveryMetrics metrics;
    private final NoticeTick notices;
    private final ReplayTick replays;
    private final Ticks ticks = new Ticks();
    private @Nullable LaneWork deliveries;

    DispatchRole(
            LaneWork.Starter lanes,
            Signals signals,
            DeliverySender sender,
            EventPump events,
            DeliveryMetrics metrics,
            NoticeTick notices,
            ReplayTick replays) {
        this.lanes = lanes;
        this.signals = signals;
        this.sender = sender;
        this.events = events;
        this.metrics = metrics;
        this.notices = notices;
        this.replays = replays;
    }

    public void start() {
        metrics.startOn(ticks);
        var work = lanes.start(
                JobServerConfig.DISPATCH,
                LaneTables.DELIVERIES,
                DispatchRole::jobOf,
                sender.runner(),
                claim -> new RowKey(claim.delivery().value(), claim.generation()));
        signals.subscribe(Signal.DELIVERIES_DUE, work::wake);
        events.startOn(ticks);
        notices.startOn(ticks);
        replays.startOn(ticks);
        deliveries = work;
    }

    static DeliverJob jobOf(List<Claimed> rows) {
        return DeliverJob.of(rows.stream()
                .map(row -> new DeliveryClaim(
                        new WebhookDeliveryId(row.id()),
                        new EventId(row.partition()),
                        new WebhookEndpointId(row.laneKey()),
                        row.generation()))
                .toList());
    }

    /** Creates no more deliveries, claims nothing more, waits for what runs, then stops. */
    @Override
    public void close() {
        ticks.close();
        if (deliveries != null) {
            deliveries.close();
        }
    }
}
