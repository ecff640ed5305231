package dev.carillon.webhooks;

import dev.carillon.core.webhook.ReplayFeeder;
import dev.carillon.jobs.Ticks;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Takes replays on, whichever process began them. */
@Singleton
class ReplayTick {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Then it looks whether the process stops. */
    private static final int STEPS_AT_ONCE = 100;

    private final ReplayFeeder feeder;

    ReplayTick(ReplayFeeder feeder) {
        this.feeder = feeder;
    }

    /** Runs at once, and from then on with these ticks. */
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
