package dev.carillon.api.workspace;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.pacing.LateRules;
import dev.carillon.core.workspace.WorkspaceHealthService;
import dev.carillon.core.workspace.WorkspaceService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The workspace of the key. */
@Controller("/v1/workspace")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "workspace")
class WorkspaceController {
    private final WorkspaceService workspaces;
    private final LateRules lateRules;
    private final WorkspaceHealthService health;
    private final ConditionalWrites conditions;

    WorkspaceController(
            WorkspaceService workspaces,
            LateRules lateRules,
            WorkspaceHealthService health,
            ConditionalWrites conditions) {
        this.workspaces = workspaces;
        this.lateRules = lateRules;
        this.health = health;
        this.conditions = conditions;
    }

    /** Get the workspace of the key. Its settings are included. Needs no scope. */
    @Get
    WorkspaceResponse getWorkspace(@FromKey Actor actor) {
        return WorkspaceResponse.of(workspaces.get(actor.workspace()), lateRules.get(actor));
    }

    /**
     * Change the settings of the workspace. They apply at once, also to posts that were accepted before. A field that you omit keeps its
     * value. Needs the scope workspace.admin.
     */
    @Patch
    @TakesIfMatch
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangeWorkspaceRequest.class)))
    WorkspaceResponse changeWorkspace(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var change = RequestReader.read(request, ChangeWorkspaceRequest.class).toChange();
        return conditions.run(actor, request, actor.workspace(), () -> List.of(getWorkspace(actor)), () -> {
            var late = lateRules.change(actor, change);
            return WorkspaceResponse.of(workspaces.get(actor.workspace()), late);
        });
    }

    /**
     * Get the health of the workspace. Counts what needs attention in this mode, directly from the stored data. Not available to
     * account-bound keys. Needs the scope posts.read.
     */
    @Get("/health")
    WorkspaceHealthResponse getWorkspaceHealth(@FromKey Actor actor) {
        return WorkspaceHealthResponse.of(health.of(actor), actor.mode().livemode());
    }
}
