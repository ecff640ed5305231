package dev.carillon.core.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is.
 *
 * @param reason why it is disabled; null while it is not
 * @param disabledAt real time; null while it is not disabled
 * @param failingSince when the first try failed after the last that did not, in real time; null while all is well
 * @param failures tries that failed since then
 */
public record EndpointState(
        EndpointStatus status,
        @Nullable DisabledReason reason,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        int failures) {
    static final EndpointState FRESH = new EndpointState(EndpointStatus.ENABLED, null, null, null, 0);
}
