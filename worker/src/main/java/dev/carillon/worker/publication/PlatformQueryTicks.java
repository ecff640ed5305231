package dev.carillon.worker.publication;

import dev.carillon.core.net.Deadline;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.jobs.Ticks;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Everything that a worker asks of platforms besides publishing: reconciliation of unknown outcomes, checks and
 * platform commands.
 */
@Singleton
public class PlatformQueryTicks {
    private static final Duration SETTLE_EVERY = Duration.ofSeconds(1);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final Duration COMMANDS_EVERY = Duration.ofMillis(250);
    private static final Duration FORGET_COMMANDS_EVERY = Duration.ofHours(1);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final ReconciliationTick settle;
    private final CheckTick check;
    private final PlatformCommandTick commands;
    private final Signals signals;

    PlatformQueryTicks(ReconciliationTick settle, CheckTick check, PlatformCommandTick commands, Signals signals) {
        this.settle = settle;
        this.check = check;
        this.commands = commands;
        this.signals = signals;
    }

    public void startOn(Ticks ticks) {
        wokenByClocks(ticks.every("settle", SETTLE_EVERY, settle::run));
        wokenByClocks(ticks.every("check", CHECK_EVERY, check::run));
        ticks.every("platform commands", COMMANDS_EVERY, commands::run);
        ticks.every("old platform commands", FORGET_COMMANDS_EVERY, commands::forgetOld);
    }

    private void wokenByClocks(Ticks.Tick tick) {
        signals.subscribe(Signal.TEST_CLOCK_MOVED, tick::wake);
    }

    /** Call this once the ticks have stopped: waits a limited time for outstanding answers. */
    public void awaitAnswers() {
        var patience = Deadline.in(LAST_ANSWERS);
        try {
            settle.awaitAll(patience.left());
            check.awaitAll(patience.left());
            commands.awaitAll(patience.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
