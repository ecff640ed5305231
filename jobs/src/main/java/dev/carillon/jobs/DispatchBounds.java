package dev.carillon.jobs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How many rows one dispatcher takes before some are finished. Rows that wait for a worker are what a newcomer waits behind, so they
 * are few; rows that wait for a platform's answer cost little, so they may be many.
 *
 * @param waiting claimed rows that no worker has begun with
 * @param reserve how many of those are kept for urgent rows
 * @param inFlight claimed rows altogether
 * @param perTenant of one workspace and mode, counted over all processes
 * @param perHost of one host, so that one that hangs leaves room for the others
 */
@ConfigurationProperties("carillon.dispatch.bounds")
public record DispatchBounds(
        @Bindable(defaultValue = "400") int waiting,
        @Bindable(defaultValue = "40") int reserve,
        @Bindable(defaultValue = "2000") int inFlight,
        @Bindable(defaultValue = "1500") int perTenant,
        @Bindable(defaultValue = "800") int perHost) {}
