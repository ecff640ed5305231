package dev.carillon.webhooks;

import dev.carillon.core.event.EventSequencer;
import dev.carillon.core.event.FanOut;
import dev.carillon.core.health.HealthChecks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.DeliveryFanOut;
import dev.carillon.jobs.Ticks;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers events and creates deliveries from them: on every tick, at once when woken, and again while more is found.
 */
@Singleton
class EventPump {
    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(15);

    private final EventSequencer sequencer;
    private final FanOut fanOut;
    private final DeliveryFanOut deliveries;
    private final Signals signals;
    private final HealthChecks health;
    private volatile long lastSuccess = System.nanoTime();

    EventPump(
            EventSequencer sequencer, FanOut fanOut, DeliveryFanOut deliveries, Signals signals, HealthChecks health) {
        this.sequencer = sequencer;
        this.fanOut = fanOut;
        this.deliveries = deliveries;
        this.signals = signals;
        this.health = health;
    }

    /** Runs at once, and then on these ticks; adds its health to the process's. */
    void startOn(Ticks ticks) {
        var tick = ticks.paced("event pump", this::run);
        signals.subscribe(Signal.EVENTS_RECORDED, tick::wake);
        health.add("events", () -> tick.isRunning() && hasRecentlySucceeded());
    }

    private boolean hasRecentlySucceeded() {
        return System.nanoTime() - lastSuccess < HEALTHY_WITHIN.toNanos();
    }

    /** One round; returns how long to wait for the next one. */
    private Duration run() {
        try {
            sequencer.numberAll();
            boolean more = fanOut.run(deliveries::fanOut) > 0;
            lastSuccess = System.nanoTime();
            return more ? Duration.ZERO : PAUSE;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("event fan-out failed; trying again");
            return AFTER_TROUBLE;
        }
    }
}
