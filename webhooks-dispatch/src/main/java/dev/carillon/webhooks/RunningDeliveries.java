package dev.carillon.webhooks;

import dev.carillon.jobs.RunningRows;
import dev.carillon.webhooks.DeliverJob.Claim;
import jakarta.inject.Singleton;

/** The deliveries that this process is sending. */
@Singleton
class RunningDeliveries extends RunningRows<Claim> {}
