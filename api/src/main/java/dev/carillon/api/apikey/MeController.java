package dev.carillon.api.apikey;

import dev.carillon.api.http.Problem;
import dev.carillon.api.http.Problems;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.workspace.WorkspaceService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Who am I? */
@Controller("/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "me")
class MeController {
    private final WorkspaceService workspaces;
    private final RateLimitFilter limits;

    MeController(WorkspaceService workspaces, RateLimitFilter limits) {
        this.workspaces = workspaces;
        this.limits = limits;
    }

    /** Tells which workspace, mode, plan and scopes the key has. Needs no scope. */
    @Get
    @ApiResponse(
            responseCode = "200",
            description = "The key is valid.",
            content = @Content(schema = @Schema(implementation = MeResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "No key came, or none that is valid.",
            content = @Content(mediaType = Problems.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    MeResponse getMe(@FromKey Actor actor, HttpRequest<?> request) {
        return MeResponse.of(
                actor,
                workspaces.get(actor.workspace()),
                workspaces.plan(actor.workspace()),
                limits.limitsOf(request, actor));
    }
}
