package dev.carillon.api.apikey;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.access.RateLimitFilter;
import dev.carillon.api.apikey.MeResponse.PersonView;
import dev.carillon.api.http.RequestContext;
import dev.carillon.api.problem.Problem;
import dev.carillon.api.problem.Problems;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.member.MembershipCache;
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

/** Identifies the caller. */
@Controller("/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "me")
class MeController {
    private final WorkspaceService workspaces;
    private final MembershipCache memberships;
    private final RateLimitFilter limits;

    MeController(WorkspaceService workspaces, MembershipCache memberships, RateLimitFilter limits) {
        this.workspaces = workspaces;
        this.memberships = memberships;
        this.limits = limits;
    }

    /** Identify the caller. Returns the workspace, mode, plan and scopes of the key or the signed-in member. Needs no scope. */
    @Get
    @ApiResponse(
            responseCode = "200",
            description = "The key or the session is valid.",
            content = @Content(schema = @Schema(implementation = MeResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "The request has no valid key or session.",
            content = @Content(mediaType = Problems.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    MeResponse getMe(@FromKey Actor actor, HttpRequest<?> request) {
        var person = RequestContext.of(request)
                .signedIn()
                .flatMap(signedIn -> memberships
                        .find(signedIn.user().id(), actor.workspace())
                        .map(membership -> PersonView.of(signedIn.user(), membership)))
                .orElse(null);
        return MeResponse.of(
                actor,
                person,
                workspaces.get(actor.workspace()),
                workspaces.plan(actor.workspace()),
                limits.limitsOf(request, actor));
    }
}
