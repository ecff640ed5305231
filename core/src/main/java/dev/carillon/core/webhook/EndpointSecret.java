package dev.carillon.core.webhook;

import dev.carillon.core.kernel.WebhookEndpointId;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What deliveries to one endpoint are signed with: {@code whsec_} and the base64 of the key. Shown once, stored sealed; {@code
 * toString} shows nothing of it.
 */
public record EndpointSecret(String value) {
    /** What the secret of posts' own addresses is sealed for, one per workspace and mode. */
    static final String CALLBACK_PURPOSE = "callback_secret";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "whsec_";
    private static final int KEY_BYTES = 32;

    static EndpointSecret random() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new EndpointSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** What an endpoint's own secret is sealed for; the one before is sealed for the same. */
    static String purpose(WebhookEndpointId endpoint) {
        return endpoint.toString();
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
