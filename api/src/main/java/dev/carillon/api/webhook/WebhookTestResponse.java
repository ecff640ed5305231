package dev.carillon.api.webhook;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.Wire;

/**
 * A test event that is being sent.
 *
 * @param object always {@code webhook_test}
 * @param webhookEndpointId the endpoint that receives it
 * @param eventId the event that is sent, of the type webhook_endpoint.test; also the webhook-id of the request
 * @param deliveries the path that lists its delivery, which exists within a moment
 */
@Wire
record WebhookTestResponse(String object, String webhookEndpointId, String eventId, String deliveries) {
    static WebhookTestResponse of(WebhookEndpointId endpoint, EventId event) {
        return new WebhookTestResponse(
                "webhook_test", endpoint.toString(), event.toString(), "/v1/webhook_deliveries?event_id=" + event);
    }
}
