package dev.carillon.api.webhook;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.EmptyBody;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries of events to webhook endpoints, with every attempt. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "webhook_deliveries")
class WebhookDeliveryController {
    private final WebhookDeliveryService deliveries;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    WebhookDeliveryController(
            WebhookDeliveryService deliveries, IdempotentReplies replies, ConditionalWrites conditions) {
        this.deliveries = deliveries;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * List deliveries. Deliveries to all existing endpoints are included; the newest come first. With event_id or post_id, the list also
     * has the deliveries to the post's webhook_url and to deleted endpoints. Needs the scope webhooks.read.
     *
     * @param status only deliveries with these statuses, separated by commas: scheduled, delivered, failed or skipped
     * @param eventType only deliveries of these event types, separated by commas, for example publication.published,post.*
     * @param eventId only deliveries of this event
     * @param postId only deliveries of the events of this post and its publications
     * @param createdAfter only deliveries created later than this time
     * @param createdBefore only deliveries created earlier than this time
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get("/webhook_deliveries")
    ListResponse<WebhookDeliveryResponse> listWebhookDeliveries(
            @FromKey Actor actor,
            @QueryValue @Nullable String status,
            @QueryValue("event_type") @Nullable String eventType,
            @QueryValue("event_id") @Nullable String eventId,
            @QueryValue("post_id") @Nullable String postId,
            @QueryValue("created_after") @Nullable String createdAfter,
            @QueryValue("created_before") @Nullable String createdBefore,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var filter = DeliveryFilters.read(status, eventType, eventId, postId, createdAfter, createdBefore);
        return ListResponse.of(
                deliveries.list(actor, filter, QueryValues.page(limit, cursor)), WebhookDeliveryResponse::of);
    }

    /**
     * List the deliveries to an endpoint. The newest come first. Needs the scope webhooks.read.
     *
     * @param id the endpoint's id
     * @param status only deliveries with these statuses, separated by commas: scheduled, delivered, failed or skipped
     * @param eventType only deliveries of these event types, separated by commas, for example publication.published,post.*
     * @param eventId only the delivery of this event
     * @param postId only deliveries of the events of this post and its publications
     * @param createdAfter only deliveries created later than this time
     * @param createdBefore only deliveries created earlier than this time
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get("/webhook_endpoints/{id}/deliveries")
    ListResponse<WebhookDeliveryResponse> listDeliveriesToWebhookEndpoint(
            @FromKey Actor actor,
            String id,
            @QueryValue @Nullable String status,
            @QueryValue("event_type") @Nullable String eventType,
            @QueryValue("event_id") @Nullable String eventId,
            @QueryValue("post_id") @Nullable String postId,
            @QueryValue("created_after") @Nullable String createdAfter,
            @QueryValue("created_before") @Nullable String createdBefore,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var endpoint = PathIds.read(WebhookEndpointId.KIND, "webhook endpoint", id);
        var filter = DeliveryFilters.read(status, eventType, eventId, postId, createdAfter, createdBefore);
        return ListResponse.of(
                deliveries.list(actor, endpoint, filter, QueryValues.page(limit, cursor)), WebhookDeliveryResponse::of);
    }

    /**
     * Get a delivery. All of its attempts are included. Needs the scope webhooks.read.
     *
     * @param id the delivery's id
     */
    @Get("/webhook_deliveries/{id}")
    WebhookDeliveryResponse getWebhookDelivery(@FromKey Actor actor, String id) {
        return WebhookDeliveryResponse.of(deliveries.get(actor, idOf(id)));
    }

    /**
     * Replay a delivery. Sends it again now, under the same webhook-id, no matter how it ended; its retries start over. A delivery that
     * waits for a retry is sent now. Refused while the delivery is being sent, and while its endpoint is disabled. Needs the scope
     * webhooks.write.
     *
     * @param id the delivery's id
     */
    @Post("/webhook_deliveries/{id}/replay")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "202",
            description = "The delivery, which is sent in a moment.",
            content = @Content(schema = @Schema(implementation = WebhookDeliveryResponse.class)))
    HttpResponse<String> replayWebhookDelivery(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var delivery = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.ACCEPTED,
                conditions.guarded(
                        actor,
                        request,
                        delivery,
                        () -> List.of(WebhookDeliveryResponse.of(deliveries.get(actor, delivery))),
                        () -> WebhookDeliveryResponse.of(deliveries.replay(actor, delivery))));
    }

    private static WebhookDeliveryId idOf(String text) {
        return PathIds.read(WebhookDeliveryId.KIND, "webhook delivery", text);
    }
}
