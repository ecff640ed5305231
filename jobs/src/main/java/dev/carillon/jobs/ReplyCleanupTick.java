package dev.carillon.jobs;

import dev.carillon.core.idempotency.ReplyCleanupQueries;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Deletes stored replies to idempotent requests 48 hours after the request. */
@Singleton
public class ReplyCleanupTick {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(2);
    private static final int BATCH = 1_000;

    private final ReplyCleanupQueries replies;

    public ReplyCleanupTick(ReplyCleanupQueries replies) {
        this.replies = replies;
    }

    /** Runs at once, and then on these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("old replies", PAUSE, this::run);
    }

    void run() {
        int deleted;
        do {
            deleted = replies.deleteOlderThan(KEPT, BATCH);
        } while (deleted == BATCH);
    }
}
