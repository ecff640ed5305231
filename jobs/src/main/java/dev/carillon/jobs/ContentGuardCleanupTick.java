package dev.carillon.jobs;

import dev.carillon.core.publication.ContentGuard;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes content fingerprints that are too old to count as duplicates. */
@Singleton
public class ContentGuardCleanupTick {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int BATCH = 1_000;

    private final ContentGuard guard;

    public ContentGuardCleanupTick(ContentGuard guard) {
        this.guard = guard;
    }

    /** Runs at once, and then on these ticks. */
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
