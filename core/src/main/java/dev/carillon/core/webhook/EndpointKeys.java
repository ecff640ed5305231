package dev.carillon.core.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown of the keys that an endpoint's deliveries are signed with.
 *
 * @param previousSecretUntil database time until which deliveries are signed with the keys before as well; null when they are not
 * @param publicKey {@code whpk_...}, which checks {@code v1a} signatures; null where there are none
 */
public record EndpointKeys(
        @Nullable Instant previousSecretUntil, @Nullable String publicKey) {
    static final EndpointKeys SECRET_ONLY = new EndpointKeys(null, null);
}
