package dev.carillon.core.webhook;

import java.util.List;

/**
 * Where tries go, and what only their receiver knows. {@code toString} shows none of it.
 *
 * @param secrets to sign with, the newest first; more than one while a rotation goes on
 * @param signingKeys the same, of an endpoint that has such keys
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
