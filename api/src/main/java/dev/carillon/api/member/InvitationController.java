package dev.carillon.api.member;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.PublicUrl;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.InvitationId;
import dev.carillon.core.member.InvitationService;
import dev.carillon.core.sealing.SecretToken;
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
import org.jspecify.annotations.Nullable;

/** Invitations to a workspace. */
@Controller("/v1/workspaces/{id}/invitations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "invitations")
class InvitationController {
    private final InvitationService invitations;
    private final IdempotentReplies replies;
    private final PublicUrl publicUrl;
    private final ConditionalWrites conditions;

    InvitationController(
            InvitationService invitations,
            IdempotentReplies replies,
            PublicUrl publicUrl,
            ConditionalWrites conditions) {
        this.invitations = invitations;
        this.replies = replies;
        this.publicUrl = publicUrl;
        this.conditions = conditions;
    }

    /**
     * Invite a person by email. The role cannot have more permissions than you; a key must have all scopes of the role. Needs the scope
     * workspace.admin.
     *
     * @param id the workspace's id
     */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = InviteRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The invitation, whose email is being sent.",
            content = @Content(schema = @Schema(implementation = InvitationResponse.class)))
    HttpResponse<String> invite(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var wanted = RequestReader.read(request, InviteRequest.class).toWanted();
        actor.require(Scope.WORKSPACE_ADMIN);
        return replies.answer(
                actor,
                request,
                HttpStatus.CREATED,
                () -> InvitationResponse.of(
                        invitations.create(actor, wanted.email(), wanted.role(), token -> link(request, token))));
    }

    /**
     * List invitations. Invitations in every status are included; the newest come first. Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<InvitationResponse> listInvitations(
            @FromKey Actor actor,
            String id,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        return ListResponse.of(invitations.list(actor, QueryValues.page(limit, cursor)), InvitationResponse::of);
    }

    /**
     * Get an invitation. Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param invitation the invitation's id
     */
    @Get("/{invitation}")
    InvitationResponse getInvitation(@FromKey Actor actor, String id, String invitation) {
        return InvitationResponse.of(invitations.get(actor, idOf(invitation)));
    }

    /**
     * Resend an invitation. It is then valid for as long as a new one. Only the link in the newest email works. Needs the scope
     * workspace.admin.
     *
     * @param id the workspace's id
     * @param invitation the invitation's id
     */
    @Post("/{invitation}/resend")
    @Consumes(MediaType.ALL)
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The invitation, whose new email is being sent.",
            content = @Content(schema = @Schema(implementation = InvitationResponse.class)))
    HttpResponse<String> resendInvitation(
            @FromKey Actor actor, HttpRequest<byte[]> request, String id, String invitation) {
        JsonBody.requireEmpty(request);
        var named = idOf(invitation);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                () -> InvitationResponse.of(invitations.resend(actor, named, token -> link(request, token))));
    }

    /**
     * Revoke an invitation. Repeating the request is harmless. Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param invitation the invitation's id
     */
    @Delete("/{invitation}")
    @TakesIfMatch
    InvitationResponse revokeInvitation(@FromKey Actor actor, HttpRequest<?> request, String id, String invitation) {
        var named = idOf(invitation);
        return conditions.run(
                actor,
                request,
                named,
                () -> List.of(InvitationResponse.of(invitations.get(actor, named))),
                () -> InvitationResponse.of(invitations.revoke(actor, named)));
    }

    private String link(HttpRequest<?> request, SecretToken token) {
        return publicUrl
                .link(request, AcceptController.PATH + "/" + token.text())
                .toString();
    }

    private static InvitationId idOf(String text) {
        return PathIds.read(InvitationId.KIND, "invitation", text);
    }
}
