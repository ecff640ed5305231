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
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import dev.carillon.core.webhook.replay.WebhookReplayService;
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
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays: sending many events to a webhook endpoint again. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "webhook_replays")
class WebhookReplayController {
    private final WebhookReplayService replays;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    WebhookReplayController(WebhookReplayService replays, IdempotentReplies replies, ConditionalWrites conditions) {
        this.replays = replays;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Create a replay. Sends events to the endpoint again, in the order of the log and at a limited rate: deliveries that failed or were
     * skipped, or all matching events. An endpoint has at most one running replay, and none while it is disabled. Needs the scope
     * webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Post("/webhook_endpoints/{id}/replays")
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CreateWebhookReplayRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The replay, which has started.",
            content = @Content(schema = @Schema(implementation = WebhookReplayResponse.class)))
    HttpResponse<String> createWebhookReplay(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var draft =
                RequestReader.read(request, CreateWebhookReplayRequest.class).toDraft();
        var endpoint = endpointOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.CREATED,
                () -> WebhookReplayResponse.of(replays.create(actor, endpoint, draft)));
    }

    /**
     * List the replays of an endpoint. The newest come first. Needs the scope webhooks.read.
     *
     * @param id the endpoint's id
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get("/webhook_endpoints/{id}/replays")
    ListResponse<WebhookReplayResponse> listWebhookReplays(
            @FromKey Actor actor,
            String id,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        return ListResponse.of(
                replays.list(actor, endpointOf(id), QueryValues.page(limit, cursor)), WebhookReplayResponse::of);
    }

    /**
     * Get a replay. The progress of its deliveries is included. Needs the scope webhooks.read.
     *
     * @param id the replay's id
     */
    @Get("/webhook_replays/{id}")
    WebhookReplayResponse getWebhookReplay(@FromKey Actor actor, String id) {
        return WebhookReplayResponse.of(replays.get(actor, idOf(id)));
    }

    /**
     * Cancel a replay. Deliveries that it has queued and that were not sent yet return to their previous state; a delivery that is being
     * sent continues. Repeating the request is harmless. Needs the scope webhooks.write.
     *
     * @param id the replay's id
     */
    @Post("/webhook_replays/{id}/cancel")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The canceled replay.",
            content = @Content(schema = @Schema(implementation = WebhookReplayResponse.class)))
    HttpResponse<String> cancelWebhookReplay(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var replay = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                conditions.guarded(
                        actor,
                        request,
                        replay,
                        () -> List.of(WebhookReplayResponse.of(replays.get(actor, replay))),
                        () -> WebhookReplayResponse.of(replays.cancel(actor, replay))));
    }

    private static WebhookEndpointId endpointOf(String text) {
        return PathIds.read(WebhookEndpointId.KIND, "webhook endpoint", text);
    }

    private static WebhookReplayId idOf(String text) {
        return PathIds.read(WebhookReplayId.KIND, "webhook replay", text);
    }
}
