package dev.carillon.core.webhook.delivery;

import dev.carillon.core.webhook.endpoint.CustomHeaders;
import dev.carillon.core.webhook.endpoint.EndpointSecret;
import dev.carillon.core.webhook.endpoint.SigningKey;
import java.util.List;

/**
 * The address of attempts, and the secrets that only the receiver knows. {@code toString} shows none of it.
 *
 * @param secrets to sign with, newest first; more than one during a rotation
 * @param signingKeys likewise, for an endpoint that has signing keys
 */
public record Receiver(String url, List<EndpointSecret> secrets, List<SigningKey> signingKeys, CustomHeaders headers) {
    public Receiver {
        secrets = List.copyOf(secrets);
        signingKeys = List.copyOf(signingKeys);
    }

    @Override
    public String toString() {
        return "Receiver[hidden]";
    }
}
