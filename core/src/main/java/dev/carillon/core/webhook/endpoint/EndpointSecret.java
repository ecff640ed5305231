package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.WebhookEndpointId;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret that signs deliveries to one endpoint: {@code whsec_} and the base64 of the key. It is shown once and
 * stored sealed; {@code toString} does not reveal it.
 */
public record EndpointSecret(String value) {
    /**
     * The purpose for which the secret of posts' own addresses is sealed; there is one secret per workspace and mode.
     */
    public static final String CALLBACK_PURPOSE = "callback_secret";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "whsec_";
    private static final int KEY_BYTES = 32;

    static EndpointSecret random() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new EndpointSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The purpose for which an endpoint's own secret is sealed, and its previous one too. */
    public static String purpose(WebhookEndpointId endpoint) {
        return endpoint.toString();
    }

    @Override
    public String toString() {
        return PREFIX + "...";
    }
}
