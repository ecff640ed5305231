package dev.carillon.api.webhook;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.webhook.endpoint.CallbackSecret;
import dev.carillon.core.webhook.endpoint.CallbackSecretService.Rotated;
import dev.carillon.core.webhook.endpoint.EndpointSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The secret that signs events sent to the webhook_url of posts, in this workspace and mode.
 *
 * @param object always {@code callback_secret}
 * @param secret in the format of Standard Webhooks; only in the reply that creates or rotates it
 * @param previousSecretUntil the time until which callbacks are also signed with the previous secret
 * @param rotatedAt null if it was never rotated
 */
@Wire
record CallbackSecretResponse(
        String object,
        @Nullable String secret,
        @Nullable Instant previousSecretUntil,
        boolean livemode,
        Instant createdAt,
        @Nullable Instant rotatedAt) {

    static CallbackSecretResponse of(CallbackSecret secret) {
        return of(secret, null);
    }

    static CallbackSecretResponse of(Rotated rotated) {
        return of(rotated.secret(), rotated.value());
    }

    private static CallbackSecretResponse of(CallbackSecret secret, @Nullable EndpointSecret value) {
        return new CallbackSecretResponse(
                "callback_secret",
                value == null ? null : value.value(),
                secret.previousUntil(),
                secret.tenant().mode().livemode(),
                secret.createdAt(),
                secret.rotatedAt());
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "CallbackSecretResponse[]";
    }
}
