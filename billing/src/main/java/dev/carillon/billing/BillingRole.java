package dev.carillon.billing;

import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.database.DatabaseRole;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.health.HealthChecks;
import dev.carillon.core.usage.MeterEvents;
import dev.carillon.jobs.JobQueue;
import dev.carillon.jobs.JobServer;
import dev.carillon.jobs.JobServerConfig;
import dev.carillon.jobs.Ticks;
import io.micronaut.context.BeanContext;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops everything that a billing process runs. Without a Stripe key that is nothing, and usage waits. */
@Singleton
public class BillingRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BillingRole.class);
    private static final int BATCH = 100;

    private final BeanContext beans;
    private final DatabasePools pools;
    private final Transactions transactions;
    private final MeterEvents events;
    private final StripeConfig config;
    private final HealthChecks health;
    private final Ticks ticks = new Ticks();
    private @Nullable JobServer jobs;

    BillingRole(
            BeanContext beans,
            DatabasePools pools,
            Transactions transactions,
            MeterEvents events,
            StripeConfig config,
            HealthChecks health) {
        this.beans = beans;
        this.pools = pools;
        this.transactions = transactions;
        this.events = events;
        this.config = config;
        this.health = health;
    }

    public void start() {
        if (!config.isSet()) {
            LOG.info("carillon.stripe.key is not set; usage is counted but not reported");
            return;
        }
        var server = JobServer.start(JobServerConfig.BILLING, pools.pool(DatabaseRole.DISPATCH), beans);
        ticks.every("report usage", config.reportEvery(), () -> enqueueIfAnythingWaits(server.queue()));
        health.add(JobServerConfig.BILLING.name(), server::isRunning);
        jobs = server;
    }

    private void enqueueIfAnythingWaits(JobQueue queue) {
        if (transactions.acrossWorkspaces(events::anythingToReport)) {
            queue.enqueue(Stream.of(new ReportUsageJob(BATCH)));
        }
    }

    /** Enqueues nothing more, and waits for the running report. */
    @Override
    public void close() {
        ticks.close();
        if (jobs != null) {
            jobs.close();
        }
    }
}
