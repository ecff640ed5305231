package dev.carillon.core.webhook.endpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an endpoint.
 *
 * @param reason why it is disabled; null if it is not
 * @param disabledAt real time; null if it is not disabled
 * @param failingSince when the first attempt failed after the last success, in real time; null while it is healthy
 * @param failures attempts that failed since then
 */
public record EndpointState(
        EndpointStatus status,
        @Nullable DisabledReason reason,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        int failures) {
    static final EndpointState FRESH = new EndpointState(EndpointStatus.ENABLED, null, null, null, 0);
}
