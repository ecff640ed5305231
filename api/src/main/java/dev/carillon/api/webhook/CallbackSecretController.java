package dev.carillon.api.webhook;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.HoldsSecret;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.webhook.endpoint.CallbackSecretService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The secret that signs events sent to the webhook_url of posts. */
@Controller("/v1/callback_secret")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "callback_secret")
class CallbackSecretController {
    private final CallbackSecretService secrets;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    CallbackSecretController(CallbackSecretService secrets, IdempotentReplies replies, ConditionalWrites conditions) {
        this.secrets = secrets;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Get the callback secret. Returns when it was created and rotated, without the secret itself; 404 before there is one. Needs the scope
     * webhooks.read.
     */
    @Get
    CallbackSecretResponse getCallbackSecret(@FromKey Actor actor) {
        return CallbackSecretResponse.of(secrets.get(actor));
    }

    /**
     * Create or rotate the callback secret. Only this reply shows the new secret. Callbacks are also signed with the previous secret, for
     * as long as expires_previous_in says. Needs the scope webhooks.write.
     */
    @Post("/rotate")
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
            description = "The new secret.",
            content = @Content(schema = @Schema(implementation = CallbackSecretResponse.class)))
    HttpResponse<String> rotateCallbackSecret(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var overlap =
                RequestReader.readOptional(request, RotateSecretRequest.class).toOverlap();
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                conditions.guarded(
                        actor,
                        request,
                        "callback secret of " + actor.tenant(),
                        () -> List.of(CallbackSecretResponse.of(secrets.get(actor))),
                        () -> CallbackSecretResponse.of(secrets.rotate(actor, overlap))));
    }
}
