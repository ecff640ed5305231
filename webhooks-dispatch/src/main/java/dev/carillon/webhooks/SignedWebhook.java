package dev.carillon.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.webhook.delivery.DueDelivery;
import dev.carillon.core.webhook.endpoint.EndpointSecret;
import dev.carillon.core.webhook.endpoint.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The request of a delivery attempt, signed according to Standard Webhooks 1.0.0 with every key that is valid now. Its
 * id is the event's id in every attempt, so receivers can drop duplicates. Its timestamp is the attempt's own.
 */
final class SignedWebhook {
    private final DueDelivery delivery;
    private final String id;
    private final long timestamp;

    private SignedWebhook(DueDelivery delivery) {
        this.delivery = delivery;
        this.id = delivery.claim().event().toString();
        this.timestamp = delivery.startedAt().getEpochSecond();
    }

    static OutboundRequest of(DueDelivery delivery, Deadline deadline) {
        return new SignedWebhook(delivery).request(deadline);
    }

    private OutboundRequest request(Deadline deadline) {
        var request = OutboundRequest.post(
                Purpose.WEBHOOK, delivery.receiver().url(), "application/json", Bytes.utf8(delivery.body()), deadline);
        for (var header : delivery.receiver().headers().values().entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        // Ours are set last, so that an endpoint's own headers cannot replace them.
        return request.withHeader(Webhook.UNBRANDED_MSG_ID_KEY, id)
                .withHeader(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
                .withHeader(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signatures())
                .whoseHeadSuffices();
    }

    private String signatures() {
        var receiver = delivery.receiver();
        return Stream.concat(
                        receiver.secrets().stream().map(this::signature),
                        receiver.signingKeys().stream().map(this::signature))
                .collect(Collectors.joining(" "));
    }

    private String signature(EndpointSecret secret) {
        try {
            return new Webhook(secret.value()).sign(id, timestamp, delivery.body());
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException(
                    "could not sign a webhook for " + delivery.claim().endpoint(), e);
        }
    }

    private String signature(SigningKey key) {
        var signed = "%s.%d.%s".formatted(id, timestamp, delivery.body()).getBytes(StandardCharsets.UTF_8);
        return "v1a," + Base64.getEncoder().encodeToString(key.sign(signed));
    }
}
