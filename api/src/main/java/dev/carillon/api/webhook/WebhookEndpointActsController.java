package dev.carillon.api.webhook;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.EmptyBody;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.HoldsSecret;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.endpoint.EndpointRotation;
import dev.carillon.core.webhook.endpoint.EndpointSwitches;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Supplier;

/** Actions on a webhook endpoint besides changing it: disable, enable, send a test, rotate its keys. */
@Controller("/v1/webhook_endpoints/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "webhook_endpoints")
class WebhookEndpointActsController {
    private final EndpointSwitches switches;
    private final EndpointRotation rotation;
    private final WebhookEndpointService endpoints;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    WebhookEndpointActsController(
            EndpointSwitches switches,
            EndpointRotation rotation,
            WebhookEndpointService endpoints,
            IdempotentReplies replies,
            ConditionalWrites conditions) {
        this.switches = switches;
        this.rotation = rotation;
        this.endpoints = endpoints;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Disable a webhook endpoint. Its waiting and new deliveries are skipped; they are kept, and you can replay them. Repeating the request
     * is harmless. Needs the scope webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Post("/disable")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The disabled endpoint.",
            content = @Content(schema = @Schema(implementation = WebhookEndpointResponse.class)))
    HttpResponse<String> disableWebhookEndpoint(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var endpoint = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, endpoint, () -> WebhookEndpointResponse.of(switches.disable(actor, endpoint))));
    }

    /**
     * Enable a webhook endpoint. It receives events from the next one on, and its failures are reset. Deliveries that were skipped in the
     * meantime are not sent automatically; send them with POST /v1/webhook_endpoints/{id}/replays. Repeating the request is harmless. Needs
     * the scope webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Post("/enable")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The enabled endpoint.",
            content = @Content(schema = @Schema(implementation = WebhookEndpointResponse.class)))
    HttpResponse<String> enableWebhookEndpoint(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var endpoint = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, endpoint, () -> WebhookEndpointResponse.of(switches.enable(actor, endpoint))));
    }

    /**
     * Send a test event. It has the type webhook_endpoint.test and goes to this endpoint only, regardless of its filter. It is signed,
     * retried and listed like any other event. Refused with 409 if the endpoint is disabled. Needs the scope webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Post("/test")
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "202",
            description = "The test event, which is sent in a moment.",
            content = @Content(schema = @Schema(implementation = WebhookTestResponse.class)))
    HttpResponse<String> testWebhookEndpoint(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var endpoint = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.ACCEPTED,
                () -> WebhookTestResponse.of(endpoint, switches.test(actor, endpoint)));
    }

    /**
     * Rotate the secret of a webhook endpoint. Only this reply shows the new secret. An endpoint with a signing key gets a new one as well.
     * Deliveries are also signed with the previous keys, for as long as expires_previous_in says; if you rotate again within that time,
     * only the newest two are used. Needs the scope webhooks.write.
     *
     * @param id the endpoint's id
     */
    @Post("/rotate_secret")
    @HoldsSecret
    @TakesIfMatch
    @Consumes(MediaType.ALL)
    @IdempotencyKey
    @RequestBody(
            description = "No body, or how long the previous secret stays valid.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RotateSecretRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The endpoint with its new secret.",
            content = @Content(schema = @Schema(implementation = WebhookEndpointResponse.class)))
    HttpResponse<String> rotateWebhookEndpointSecret(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var overlap =
                RequestReader.readOptional(request, RotateSecretRequest.class).toOverlap();
        var endpoint = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(
                        actor,
                        request,
                        endpoint,
                        () -> WebhookEndpointResponse.of(rotation.rotate(actor, endpoint, overlap))));
    }

    private Supplier<WebhookEndpointResponse> guarded(
            Actor actor, HttpRequest<?> request, WebhookEndpointId endpoint, Supplier<WebhookEndpointResponse> change) {
        return conditions.guarded(
                actor,
                request,
                endpoint,
                () -> List.of(WebhookEndpointResponse.of(endpoints.get(actor, endpoint))),
                change);
    }

    private static WebhookEndpointId idOf(String text) {
        return PathIds.read(WebhookEndpointId.KIND, "webhook endpoint", text);
    }
}
