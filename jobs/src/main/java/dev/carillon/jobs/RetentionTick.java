package dev.carillon.jobs;

import dev.carillon.core.database.RetentionQueries;
import dev.carillon.core.database.RetentionQueries.Kept;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes events, deliveries, replays and attempts that are past the retention of their workspace's plan, unless
 * {@link PartitionTick} drops the whole month.
 */
@Singleton
public class RetentionTick {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionTick.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    private final RetentionQueries rows;

    public RetentionTick(RetentionQueries rows) {
        this.rows = rows;
    }

    /** Runs at once, and then on these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("retention", PAUSE, this::run);
    }

    void run() {
        for (var kept : Kept.values()) {
            long all = 0;
            int deleted;
            do {
                deleted = rows.delete(kept, BATCH);
                all += deleted;
            } while (deleted == BATCH);
            if (all > 0) {
                LOG.atInfo()
                        .addKeyValue("what", kept)
                        .addKeyValue("deleted", all)
                        .log("no longer kept");
            }
        }
    }
}
