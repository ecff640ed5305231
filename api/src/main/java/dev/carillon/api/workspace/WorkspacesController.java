package dev.carillon.api.workspace;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.RequestContext;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.api.session.FromSession;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.member.OwnWorkspace;
import dev.carillon.core.member.OwnWorkspaceService;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The workspaces of a signed-in person; for a key, the one that it belongs to. */
@Controller("/v1/workspaces")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "workspaces")
class WorkspacesController {
    private final OwnWorkspaceService workspaces;
    private final ConditionalWrites conditions;

    WorkspacesController(OwnWorkspaceService workspaces, ConditionalWrites conditions) {
        this.workspaces = workspaces;
        this.conditions = conditions;
    }

    /**
     * List workspaces. Returns the workspaces of a person who has signed in, oldest first. A key lists only its own workspace. Needs the
     * scope workspace.admin if you use a key.
     */
    @Get
    ListResponse<OwnWorkspaceResponse> listWorkspaces(HttpRequest<?> request) {
        List<OwnWorkspace> own = RequestContext.of(request)
                .signedIn()
                .map(workspaces::list)
                .orElseGet(() -> RequestContext.of(request).actor().map(workspaces::get).stream()
                        .toList());
        return ListResponse.whole(own.stream().map(OwnWorkspaceResponse::of).toList());
    }

    /**
     * Create a workspace. The signed-in person becomes its owner. For a person who has signed in; needs no scope, and takes no
     * Idempotency-Key.
     */
    @Post
    @Status(HttpStatus.CREATED)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NameWorkspaceRequest.class)))
    OwnWorkspaceResponse createWorkspace(@FromSession SignedIn signedIn, HttpRequest<byte[]> request) {
        var name = RequestReader.read(request, NameWorkspaceRequest.class).toName();
        return OwnWorkspaceResponse.of(workspaces.create(signedIn, name));
    }

    /**
     * Get a workspace. Every member may call this route. Needs the scope workspace.admin if you use a key.
     *
     * @param id the workspace's id
     */
    @Get("/{id}")
    OwnWorkspaceResponse readWorkspace(@FromKey Actor actor, String id) {
        return OwnWorkspaceResponse.of(workspaces.get(actor));
    }

    /**
     * Rename a workspace. Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NameWorkspaceRequest.class)))
    OwnWorkspaceResponse renameWorkspace(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var name = RequestReader.read(request, NameWorkspaceRequest.class).toName();
        return conditions.run(
                actor,
                request,
                actor.workspace(),
                () -> List.of(OwnWorkspaceResponse.of(workspaces.get(actor))),
                () -> OwnWorkspaceResponse.of(workspaces.rename(actor, name)));
    }
}
