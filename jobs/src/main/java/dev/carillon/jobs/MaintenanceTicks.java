package dev.carillon.jobs;

import dev.carillon.core.database.PartitionUpkeep;
import dev.carillon.core.database.RetentionQueries;
import dev.carillon.core.database.RetentionQueries.Kept;
import dev.carillon.core.idempotency.ReplyCleanupQueries;
import dev.carillon.core.publication.duplicate.ContentGuard;
import dev.carillon.core.signin.SignInCleanupQueries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates partitions ahead of time and deletes what is no longer kept. Any number of processes may do this. */
@Singleton
public class MaintenanceTicks {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceTicks.class);
    private static final Duration PARTITIONS_EVERY = Duration.ofHours(6);
    private static final Duration RETENTION_EVERY = Duration.ofHours(1);
    private static final Duration SIGN_INS_EVERY = Duration.ofHours(1);
    private static final Duration REPLIES_EVERY = Duration.ofMinutes(10);
    private static final Duration GUARDS_EVERY = Duration.ofMinutes(10);

    /** So many that weeks without these ticks do no harm. */
    private static final int MONTHS_AHEAD = 3;

    private static final Duration REPLIES_KEPT = Duration.ofDays(2);
    private static final Duration SIGN_INS_KEPT = Duration.ofDays(30);
    private static final int BATCH = 1_000;

    private final PartitionUpkeep partitions;
    private final RetentionQueries rows;
    private final ReplyCleanupQueries replies;
    private final SignInCleanupQueries signIns;
    private final ContentGuard guard;

    MaintenanceTicks(
            PartitionUpkeep partitions,
            RetentionQueries rows,
            ReplyCleanupQueries replies,
            SignInCleanupQueries signIns,
            ContentGuard guard) {
        this.partitions = partitions;
        this.rows = rows;
        this.replies = replies;
        this.signIns = signIns;
        this.guard = guard;
    }

    /** Does all of this at once, and then on these ticks. */
    public void startOn(Ticks ticks) {
        ticks.every("partitions", PARTITIONS_EVERY, this::keepPartitions);
        ticks.every("retention", RETENTION_EVERY, this::deletePastRetention);
        ticks.every("old replies", REPLIES_EVERY, this::deleteOldReplies);
        ticks.every("old sign-ins", SIGN_INS_EVERY, this::deleteOldSignIns);
        ticks.every("old guards", GUARDS_EVERY, this::deleteOldGuards);
    }

    /** Creates partitions three months ahead, and drops months that no plan keeps. */
    void keepPartitions() {
        int changed = partitions.keep(MONTHS_AHEAD);
        if (changed > 0) {
            LOG.atInfo().addKeyValue("changed", changed).log("partitions created or dropped");
        }
    }

    /**
     * Deletes events, deliveries, replays and attempts that are past the retention of their workspace's plan, unless
     * the whole month is dropped.
     */
    void deletePastRetention() {
        for (var kept : Kept.values()) {
            long deleted = inBatches(batch -> rows.delete(kept, batch));
            if (deleted > 0) {
                LOG.atInfo()
                        .addKeyValue("what", kept)
                        .addKeyValue("deleted", deleted)
                        .log("rows past their retention deleted");
            }
        }
    }

    /** Deletes stored replies to idempotent requests 48 hours after the request. */
    void deleteOldReplies() {
        inBatches(batch -> replies.deleteOlderThan(REPLIES_KEPT, batch));
    }

    /** Deletes sign-in links and sessions 30 days after they ended. */
    void deleteOldSignIns() {
        signIns.deleteOlderThan(SIGN_INS_KEPT);
    }

    /** Deletes content fingerprints that are too old to count as duplicates. */
    void deleteOldGuards() {
        inBatches(guard::forget);
    }

    /**
     * Deletes until nothing is left.
     *
     * @param delete deletes at most this many, and returns how many it deleted
     */
    private static long inBatches(IntUnaryOperator delete) {
        long all = 0;
        int deleted;
        do {
            deleted = delete.applyAsInt(BATCH);
            all += deleted;
        } while (deleted == BATCH);
        return all;
    }
}
