package dev.carillon.jobs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How many rows one dispatcher claims before some are finished. Rows that wait for a worker delay every new row, so
 * they are few; rows that wait for a platform's answer cost little, so there may be many.
 *
 * @param waiting claimed rows that no worker has started yet
 * @param reserve how many of those are reserved for urgent rows
 * @param inFlight claimed rows in total
 * @param perTenant rows of one workspace and mode, counted over all processes
 * @param perHost rows of one host, so that a host that hangs leaves room for the others
 */
@ConfigurationProperties("carillon.dispatch.bounds")
public record DispatchBounds(
        @Bindable(defaultValue = "400") int waiting,
        @Bindable(defaultValue = "40") int reserve,
        @Bindable(defaultValue = "2000") int inFlight,
        @Bindable(defaultValue = "1500") int perTenant,
        @Bindable(defaultValue = "800") int perHost) {}
