package dev.carillon.worker.testclock;

import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.testclock.ClockAdvance;
import dev.carillon.jobs.Ticks;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Moves the test clocks that are being advanced: often while there are any, rarely otherwise. */
@Singleton
public class TestClockTick {
    private static final Duration WHILE_ADVANCING = Duration.ofMillis(10);
    private static final Duration OTHERWISE = Duration.ofSeconds(1);

    private final ClockAdvance advance;
    private final Signals signals;

    TestClockTick(ClockAdvance advance, Signals signals) {
        this.advance = advance;
        this.signals = signals;
    }

    public void startOn(Ticks ticks) {
        var tick = ticks.paced("test clocks", () -> advance.step() ? WHILE_ADVANCING : OTHERWISE);
        signals.subscribe(Signal.TEST_CLOCK_MOVED, tick::wake);
        ticks.every("lanes of test clocks", OTHERWISE, advance::repairLanes);
    }
}
