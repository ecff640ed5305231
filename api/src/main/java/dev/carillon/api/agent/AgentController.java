package dev.carillon.api.agent;

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
import dev.carillon.core.agent.Agent;
import dev.carillon.core.agent.AgentService;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AgentId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
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

/** Agents: named automations that own keys. An agent belongs to the workspace, in both modes. */
@Controller("/v1/agents")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "agents")
class AgentController {
    private final AgentService agents;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    AgentController(AgentService agents, IdempotentReplies replies, ConditionalWrites conditions) {
        this.agents = agents;
        this.replies = replies;
        this.conditions = conditions;
    }

    /** Create an agent. To create keys for it, send its id as agent_id to POST /v1/api_keys. Needs the scope agents.write. */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreateAgentRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new agent.",
            content = @Content(schema = @Schema(implementation = AgentResponse.class)))
    HttpResponse<String> createAgent(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var draft = RequestReader.read(request, CreateAgentRequest.class).toDraft();
        return replies.answer(actor, request, HttpStatus.CREATED, () -> AgentResponse.of(agents.create(actor, draft)));
    }

    /**
     * List agents. The newest come first. Needs the scope agents.write.
     *
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<AgentResponse> listAgents(
            @FromKey Actor actor, @QueryValue @PageLimit @Nullable String limit, @QueryValue @Nullable String cursor) {
        return ListResponse.of(agents.list(actor, QueryValues.page(limit, cursor)), AgentResponse::of);
    }

    /**
     * Get an agent. Needs the scope agents.write.
     *
     * @param id the agent's id
     */
    @Get("/{id}")
    AgentResponse getAgent(@FromKey Actor actor, String id) {
        return AgentResponse.of(agents.get(actor, idOf(id)));
    }

    /**
     * Change an agent. You can change its name, owner and metadata; a field that you omit keeps its value. Needs the scope agents.write.
     *
     * @param id the agent's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangeAgentRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The changed agent.",
            content = @Content(schema = @Schema(implementation = AgentResponse.class)))
    HttpResponse<String> changeAgent(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var change = RequestReader.read(request, ChangeAgentRequest.class).toChange();
        var agent = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, agent, () -> agents.change(actor, agent, change)));
    }

    /**
     * Disable an agent. Within a second, all of its keys stop working, in both modes. Posts that it has scheduled stay scheduled. Repeating
     * the request is harmless. Needs the scope agents.write.
     *
     * @param id the agent's id
     */
    @Post("/{id}/disable")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The disabled agent.",
            content = @Content(schema = @Schema(implementation = AgentResponse.class)))
    HttpResponse<String> disableAgent(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        return enable(actor, request, id, false);
    }

    /**
     * Enable an agent. Its keys work again. Repeating the request is harmless. Needs the scope agents.write.
     *
     * @param id the agent's id
     */
    @Post("/{id}/enable")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The enabled agent.",
            content = @Content(schema = @Schema(implementation = AgentResponse.class)))
    HttpResponse<String> enableAgent(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        return enable(actor, request, id, true);
    }

    private HttpResponse<String> enable(Actor actor, HttpRequest<byte[]> request, String id, boolean enabled) {
        JsonBody.requireEmpty(request);
        var agent = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, agent, () -> agents.enable(actor, agent, enabled)));
    }

    private Supplier<AgentResponse> guarded(
            Actor actor, HttpRequest<?> request, AgentId agent, Supplier<Agent> change) {
        return conditions.guarded(
                actor,
                request,
                agent,
                () -> List.of(AgentResponse.of(agents.get(actor, agent))),
                () -> AgentResponse.of(change.get()));
    }

    private static AgentId idOf(String text) {
        return PathIds.read(AgentId.KIND, "agent", text);
    }
}
