package dev.carillon.core.workspace;

import dev.carillon.core.kernel.Money;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * A workspace's limits and prices, as data: a limit is changed in the table and nowhere else.
 *
 * @param feeMicros our fee for one publication, in millionths of {@code currency}
 * @param weight share of the workspace when the dispatcher is at capacity
 * @param maxInFlight publications of one workspace and mode that may be claimed at the same time
 * @param maxAccountGroups in one mode, including the default group
 * @param retentionDays how long events, attempts and deliveries are kept
 */
@MappedEntity("plan")
public record Plan(
        @Id String id,
        String name,
        long feeMicros,
        String currency,
        int weight,
        int maxInFlight,
        int maxWebhookEndpoints,
        int maxAccountGroups,
        int retentionDays) {
    public static final String SELF_HOSTED = "self_hosted";

    public Money fee() {
        return new Money(feeMicros, currency);
    }
}
