package dev.carillon.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.webhook.DueDelivery;

/**
 * The request that a try makes, signed after Standard Webhooks 1.0.0. Its id is the event's, in every try: receivers tell doubles by
 * it. Its timestamp is the try's own.
 */
final class SignedWebhook {
    private SignedWebhook() {}

    static OutboundRequest of(DueDelivery delivery, Deadline deadline) {
        var id = delivery.event().toString();
        long timestamp = delivery.startedAt().getEpochSecond();
        return OutboundRequest.post(
                        Purpose.WEBHOOK, delivery.url(), "application/json", Bytes.utf8(delivery.body()), deadline)
                .withHeader(Webhook.UNBRANDED_MSG_ID_KEY, id)
                .withHeader(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
                .withHeader(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signature(delivery, id, timestamp));
    }

    private static String signature(DueDelivery delivery, String id, long timestamp) {
        try {
            return new Webhook(delivery.secret().value()).sign(id, timestamp, delivery.body());
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("could not sign for " + delivery.endpoint(), e);
        }
    }
}
