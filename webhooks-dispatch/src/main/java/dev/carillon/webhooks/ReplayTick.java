package dev.carillon.webhooks;

import dev.carillon.core.webhook.replay.ReplayFeeder;
import dev.carillon.jobs.Ticks;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Continues replays, whichever process started them. */
@Singleton
class ReplayTick {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** After this many steps it checks whether the process is stopping. */
    private static final int STEPS_AT_ONCE = 100;

    private final ReplayFeeder feeder;

    ReplayTick(ReplayFeeder feeder) {
        this.feeder = feeder;
    }

    /** Runs at once, and then on these ticks. */
    void startOn(Ticks ticks) {
        ticks.paced("replays", this::run);
    }

    private Duration run() {
        for (int i = 0; i < STEPS_AT_ONCE; i++) {
            if (!feeder.step()) {
                return PAUSE;
            }
        }
        return Duration.ZERO;
    }
}
