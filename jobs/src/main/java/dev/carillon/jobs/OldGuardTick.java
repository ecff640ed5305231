package dev.carillon.jobs;

import dev.carillon.core.publication.ContentGuard;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Forgets contents that were accepted so long ago that they can be no duplicate any more. */
@Singleton
public class OldGuardTick {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int BATCH = 1_000;

    private final ContentGuard guard;

    public OldGuardTick(ContentGuard guard) {
        this.guard = guard;
    }

    /** Runs at once, and from then on with these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("old guards", PAUSE, this::run);
    }

    void run() {
        int deleted;
        do {
            deleted = guard.forget(BATCH);
        } while (deleted == BATCH);
    }
}
