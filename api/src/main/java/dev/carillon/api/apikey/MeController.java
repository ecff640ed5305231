package dev.carillon.api.apikey;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.workspace.WorkspaceService;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Who am I? */
@Controller("/v1/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "me")
class MeController {
    private final WorkspaceService workspaces;

    MeController(WorkspaceService workspaces) {
        this.workspaces = workspaces;
    }

    /** Tells which workspace, mode, plan and scopes the key has. Needs no scope. */
    @Get
    MeResponse getMe(Actor actor) {
        return MeResponse.of(actor, workspaces.get(actor.workspace()), workspaces.plan(actor.workspace()));
    }
}
