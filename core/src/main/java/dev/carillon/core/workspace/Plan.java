package dev.carillon.core.workspace;

import dev.carillon.core.kernel.Money;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * What a workspace may do and what it pays, as data: a limit is changed in the table and nowhere else.
 *
 * @param feeMicros our fee for one publication, in millionths of {@code currency}
 * @param weight share of the workspace when the dispatcher is short of room
 * @param maxInFlight publications of one workspace and mode that may be claimed at the same time
 * @param maxAccountGroups in one mode, the default one included
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
