package dev.carillon.jobs;

import dev.carillon.core.signin.OldSignInQueries;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes links to sign in with, and sessions, 30 days after they were over. */
@Singleton
public class OldSignInTick {
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    private final OldSignInQueries signIns;

    public OldSignInTick(OldSignInQueries signIns) {
        this.signIns = signIns;
    }

    /** Runs at once, and from then on with these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("old sign-ins", PAUSE, () -> signIns.deleteOlderThan(KEPT));
    }
}
