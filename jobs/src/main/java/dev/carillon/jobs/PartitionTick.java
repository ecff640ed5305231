package dev.carillon.jobs;

import dev.carillon.core.database.PartitionUpkeep;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates partitions three months ahead, so weeks without this tick do no harm. */
@Singleton
public class PartitionTick {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionTick.class);
    private static final Duration PAUSE = Duration.ofHours(6);
    private static final int MONTHS_AHEAD = 3;

    private final PartitionUpkeep upkeep;

    public PartitionTick(PartitionUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** Runs at once, and then on these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("partitions", PAUSE, this::run);
    }

    private void run() {
        int changed = upkeep.keep(MONTHS_AHEAD);
        if (changed > 0) {
            LOG.atInfo().addKeyValue("changed", changed).log("partitions made or dropped");
        }
    }
}
