package dev.carillon.core.webhook.endpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public details of the keys that sign an endpoint's deliveries.
 *
 * @param previousSecretUntil database time until which deliveries are also signed with the previous keys; null if they
 *     are not
 * @param publicKey {@code whpk_...}, which verifies {@code v1a} signatures; null if there are none
 */
public record EndpointKeys(
        @Nullable Instant previousSecretUntil, @Nullable String publicKey) {
    static final EndpointKeys SECRET_ONLY = new EndpointKeys(null, null);
}
