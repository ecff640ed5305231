package dev.carillon.api.apikey;

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
import dev.carillon.core.apikey.WorkspaceApiKeys;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** API keys: the credentials of callers. A key sees and creates only keys of its own workspace and mode. */
@Controller("/v1/api_keys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "api_keys")
class ApiKeyController {
    private final WorkspaceApiKeys keys;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    ApiKeyController(WorkspaceApiKeys keys, IdempotentReplies replies, ConditionalWrites conditions) {
        this.keys = keys;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Create an API key. Only this reply shows its secret. The new key cannot have more permissions than the key of this request. Needs the
     * scope api_keys.write.
     */
    @Post
    @HoldsSecret
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreateApiKeyRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new key.",
            content = @Content(schema = @Schema(implementation = ApiKeyResponse.class)))
    HttpResponse<String> createApiKey(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var wanted = RequestReader.read(request, CreateApiKeyRequest.class).toNewKey(actor.mode());
        return replies.answer(actor, request, HttpStatus.CREATED, () -> ApiKeyResponse.of(keys.create(actor, wanted)));
    }

    /**
     * List API keys. The newest come first; expired and revoked keys are included. Needs the scope api_keys.write.
     *
     * @param agentId only the keys of this agent
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<ApiKeyResponse> listApiKeys(
            @FromKey Actor actor,
            @QueryValue("agent_id") @Nullable String agentId,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var agent = QueryValues.id("agent_id", agentId, AgentId.KIND);
        return ListResponse.of(keys.list(actor, agent, QueryValues.page(limit, cursor)), ApiKeyResponse::of);
    }

    /**
     * Get an API key. The reply does not show its secret. Needs the scope api_keys.write.
     *
     * @param id the key's id
     */
    @Get("/{id}")
    ApiKeyResponse getApiKey(@FromKey Actor actor, String id) {
        return ApiKeyResponse.of(keys.get(actor, idOf(id)));
    }

    /**
     * Rotate the secret of an API key. Only this reply shows the new secret; the previous secret stays valid for a while. Nothing else
     * about the key changes. Needs the scope api_keys.write, and every permission that the key itself has.
     *
     * @param id the key's id
     */
    @Post("/{id}/rotate")
    @HoldsSecret
    @TakesIfMatch
    @Consumes(MediaType.ALL)
    @IdempotencyKey
    @RequestBody(
            description = "No body, or how long the previous secret stays valid.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RotateApiKeyRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The key with its new secret.",
            content = @Content(schema = @Schema(implementation = ApiKeyResponse.class)))
    HttpResponse<String> rotateApiKey(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var overlap =
                RequestReader.readOptional(request, RotateApiKeyRequest.class).toOverlap();
        var key = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, key, () -> ApiKeyResponse.of(keys.rotate(actor, key, overlap))));
    }

    /**
     * Revoke an API key. It stops working within a second. Repeating the request is harmless. Needs the scope api_keys.write.
     *
     * @param id the key's id
     */
    @Delete("/{id}")
    @TakesIfMatch
    ApiKeyResponse revokeApiKey(@FromKey Actor actor, HttpRequest<?> request, String id) {
        var key = idOf(id);
        return guarded(actor, request, key, () -> ApiKeyResponse.of(keys.revoke(actor, key)))
                .get();
    }

    private Supplier<ApiKeyResponse> guarded(
            Actor actor, HttpRequest<?> request, ApiKeyId key, Supplier<ApiKeyResponse> change) {
        return conditions.guarded(actor, request, key, () -> List.of(ApiKeyResponse.of(keys.get(actor, key))), change);
    }

    private static ApiKeyId idOf(String text) {
        return PathIds.read(ApiKeyId.KIND, "API key", text);
    }
}
