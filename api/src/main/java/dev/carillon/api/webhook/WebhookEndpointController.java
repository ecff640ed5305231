package dev.carillon.api.webhook;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.HoldsSecret;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Webhook endpoints: URLs that receive the workspace's events, signed. */
@Controller("/v1/webhook_endpoints")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "webhook_endpoints")
class WebhookEndpointController {
    private final WebhookEndpointService endpoints;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    WebhookEndpointController(
            WebhookEndpointService endpoints, IdempotentReplies replies, ConditionalWrites conditions) {
        this.endpoints = endpoints;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Create a webhook endpoint. Only this reply shows its secret. The plan limits the number of endpoints. Several endpoints may have the
     * same URL. Needs the scope webhooks.write.
     */
    @Post
    @HoldsSecret
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CreateWebhookEndpointRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new endpoint.",
            content = @Content(schema = @Schema(implementation = WebhookEndpointResponse.class)))
    HttpResponse<String> createWebhookEndpoint(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var draft =
                RequestReader.read(request, CreateWebhookEndpointRequest.class).toDraft();
        return replies.answer(
                actor, request, HttpStatus.CREATED, () -> WebhookEndpointResponse.of(endpoints.create(actor, draft)));
    }

    /**
     * List webhook endpoints. The newest come first. Needs the scope webhooks.read.
     *
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<WebhookEndpointResponse> listWebhookEndpoints(
            @FromKey Actor actor, @QueryValue @PageLimit @Nullable String limit, @QueryValue @Nullable String cursor) {
        return ListResponse.of(endpoints.list(actor, QueryValues.page(limit, cursor)), WebhookEndpointResponse::of);
    }

    /**
     * Get a webhook endpoint. Needs the scope webhooks.read.
     *
     * @param id the endpoint's id
     */
    @Get("/{id}")
    WebhookEndpointResponse getWebhookEndpoint(@FromKey Actor actor, String id) {
        return WebhookEndpointResponse.of(endpoints.get(actor, idOf(id)));
    }

    /**
     * Change a webhook endpoint. A field that you omit keeps its value. Waiting deliveries use the new settings; a new filter applies from
     * the next event on. Needs the scope webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ChangeWebhookEndpointRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The changed endpoint.",
            content = @Content(schema = @Schema(implementation = WebhookEndpointResponse.class)))
    HttpResponse<String> changeWebhookEndpoint(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var body = RequestReader.readChange(request, ChangeWebhookEndpointRequest.class);
        var change = body.request().toChange(body.sent());
        var endpoint = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, endpoint, () -> endpoints.change(actor, endpoint, change)));
    }

    /**
     * Delete a webhook endpoint. Its waiting deliveries are skipped. Needs the scope webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Delete("/{id}")
    @TakesIfMatch
    WebhookEndpointResponse deleteWebhookEndpoint(@FromKey Actor actor, HttpRequest<?> request, String id) {
        var endpoint = idOf(id);
        return guarded(actor, request, endpoint, () -> endpoints.delete(actor, endpoint))
                .get();
    }

    private Supplier<WebhookEndpointResponse> guarded(
            Actor actor, HttpRequest<?> request, WebhookEndpointId endpoint, Supplier<WebhookEndpoint> change) {
        return conditions.guarded(
                actor,
                request,
                endpoint,
                () -> List.of(WebhookEndpointResponse.of(endpoints.get(actor, endpoint))),
                () -> WebhookEndpointResponse.of(change.get()));
    }

    private static WebhookEndpointId idOf(String text) {
        return PathIds.read(WebhookEndpointId.KIND, "webhook endpoint", text);
    }
}
