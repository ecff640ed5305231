package dev.carillon.jobs;

import dev.carillon.core.signin.SignInCleanupQueries;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes sign-in links and sessions 30 days after they ended. */
@Singleton
public class SignInCleanupTick {
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    private final SignInCleanupQueries signIns;

    public SignInCleanupTick(SignInCleanupQueries signIns) {
        this.signIns = signIns;
    }

    /** Runs at once, and then on these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("old sign-ins", PAUSE, () -> signIns.deleteOlderThan(KEPT));
    }
}
