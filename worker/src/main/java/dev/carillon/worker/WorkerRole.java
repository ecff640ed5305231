package dev.carillon.worker;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.jobs.LaneWork;
import dev.carillon.jobs.MaintenanceTicks;
import dev.carillon.jobs.Ticks;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.jobs.lane.RowKey;
import dev.carillon.worker.publication.LongAttempts;
import dev.carillon.worker.publication.PlatformQueryTicks;
import dev.carillon.worker.publication.PublishJob;
import dev.carillon.worker.publication.Publisher;
import dev.carillon.worker.publication.PublishingMetrics;
import dev.carillon.worker.testclock.TestClockTick;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts and stops everything that a worker process runs. */
@Singleton
public class WorkerRole implements AutoCloseable {
    private static final int RENEWALS_PER_LEASE = 4;

    private final LaneWork.Starter lanes;
    private final DispatchConfig config;
    private final Signals signals;
    private final Publisher publisher;
    private final LongAttempts longAttempts;
    private final PlatformQueryTicks platformQueries;
    private final TestClockTick testClocks;
    private final MaintenanceTicks maintenance;
    private final PublishingMetrics metrics;
    private final Ticks ticks = new Ticks();
    private @Nullable LaneWork publications;

    WorkerRole(
            LaneWork.Starter lanes,
            DispatchConfig config,
            Signals signals,
            Publisher publisher,
            LongAttempts longAttempts,
            PlatformQueryTicks platformQueries,
            TestClockTick testClocks,
            MaintenanceTicks maintenance,
            PublishingMetrics metrics) {
        this.lanes = lanes;
        this.config = config;
        this.signals = signals;
        this.publisher = publisher;
        this.longAttempts = longAttempts;
        this.platformQueries = platformQueries;
        this.testClocks = testClocks;
        this.maintenance = maintenance;
        this.metrics = metrics;
    }

    public void start() {
        var work = lanes.start(
                JobServerConfig.WORKER,
                LaneTables.PUBLICATIONS,
                WorkerRole::jobOf,
                publisher.runner(),
                claim -> new RowKey(claim.publication().value(), claim.generation()));
        signals.subscribe(Signal.PUBLICATIONS_DUE, work::wake);
        platformQueries.startOn(ticks);
        testClocks.startOn(ticks);
        ticks.every("leases of long attempts", config.lease().dividedBy(RENEWALS_PER_LEASE), longAttempts::renewLeases);
        maintenance.startOn(ticks);
        metrics.startOn(ticks);
        publications = work;
    }

    private static PublishJob jobOf(List<Claimed> rows) {
        return PublishJob.of(rows.stream()
                .map(row -> new Claim(new PublicationId(row.id()), row.generation()))
                .toList());
    }

    /** Claims nothing more, waits for what runs, then stops. */
    @Override
    public void close() {
        if (publications != null) {
            publications.close();
        }
        ticks.close();
        platformQueries.awaitAnswers();
    }
}
