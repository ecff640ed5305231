package dev.carillon.worker;

import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.database.DatabaseRole;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.Dispatcher;
import dev.carillon.jobs.JobServer;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.jobs.OldReplyTick;
import dev.carillon.jobs.PartitionTick;
import dev.carillon.jobs.Ticks;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.worker.publication.CheckTick;
import dev.carillon.worker.publication.ErrandTick;
import dev.carillon.worker.publication.LongAttempts;
import dev.carillon.worker.publication.PublishJob;
import dev.carillon.worker.publication.RunningPublications;
import dev.carillon.worker.publication.SettleTick;
import io.micronaut.context.BeanContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts and stops everything that a worker process runs. */
@Singleton
public class WorkerRole implements AutoCloseable {
    private static final Duration SETTLE_EVERY = Duration.ofSeconds(1);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final Duration ERRANDS_EVERY = Duration.ofMillis(250);
    private static final Duration FORGET_ERRANDS_EVERY = Duration.ofHours(1);
    private static final int RENEWALS_PER_LEASE = 4;
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final BeanContext beans;
    private final DatabasePools pools;
    private final LaneFactory lanes;
    private final Clocks clocks;
    private final DispatchConfig config;
    private final Signals signals;
    private final RunningPublications running;
    private final LongAttempts longAttempts;
    private final SettleTick settle;
    private final CheckTick check;
    private final ErrandTick errands;
    private final PartitionTick partitions;
    private final OldReplyTick oldReplies;
    private final Ticks ticks = new Ticks();
    private @Nullable JobServer jobs;
    private @Nullable Dispatcher dispatcher;

    WorkerRole(
            BeanContext beans,
            DatabasePools pools,
            LaneFactory lanes,
            Clocks clocks,
            DispatchConfig config,
            Signals signals,
            RunningPublications running,
            LongAttempts longAttempts,
            SettleTick settle,
            CheckTick check,
            ErrandTick errands,
            PartitionTick partitions,
            OldReplyTick oldReplies) {
        this.beans = beans;
        this.pools = pools;
        this.lanes = lanes;
        this.clocks = clocks;
        this.config = config;
        this.signals = signals;
        this.running = running;
        this.longAttempts = longAttempts;
        this.settle = settle;
        this.check = check;
        this.errands = errands;
        this.partitions = partitions;
        this.oldReplies = oldReplies;
    }

    public void start() {
        var server = JobServer.start(JobServerConfig.WORKER, pools.pool(DatabaseRole.DISPATCH), beans);
        var publications = lanes.of(LaneTables.PUBLICATIONS);
        var dispatching =
                new Dispatcher("publications", publications, server.queue(), WorkerRole::jobOf, clocks, config);
        running.whenStarted(claim -> dispatching.started(claim.publication().value(), claim.generation()));
        running.whenDone(claim -> dispatching.done(claim.publication().value(), claim.generation()));
        signals.subscribe(Signal.PUBLICATIONS_DUE, dispatching::wake);
        dispatching.start();
        ticks.every("settle", SETTLE_EVERY, settle::run);
        ticks.every("check", CHECK_EVERY, check::run);
        ticks.every("errands", ERRANDS_EVERY, errands::run);
        ticks.every("old errands", FORGET_ERRANDS_EVERY, errands::forgetOld);
        ticks.every("leases of long attempts", config.lease().dividedBy(RENEWALS_PER_LEASE), longAttempts::renewLeases);
        partitions.startOn(ticks);
        oldReplies.startOn(ticks);
        jobs = server;
        dispatcher = dispatching;
    }

    private static PublishJob jobOf(List<Claimed> rows) {
        return PublishJob.of(rows.stream()
                .map(row -> new Claim(new PublicationId(row.id()), row.generation()))
                .toList());
    }

    /** Whether this process finds and runs work. */
    public boolean isHealthy() {
        return dispatcher != null && dispatcher.isHealthy() && jobs != null && jobs.isRunning();
    }

    /** Claims nothing more, waits for what runs, then stops. */
    @Override
    public void close() {
        if (dispatcher != null) {
            dispatcher.close();
        }
        if (jobs != null) {
            jobs.close();
        }
        var drain = Deadline.in(DRAIN);
        try {
            running.awaitAll(drain.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ticks.close();
        try {
            settle.awaitAll(drain.left());
            check.awaitAll(drain.left());
            errands.awaitAll(drain.left());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
