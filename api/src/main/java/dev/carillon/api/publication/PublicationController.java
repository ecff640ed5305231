package dev.carillon.api.publication;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.account.AccountExpansion;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.EmptyBody;
import dev.carillon.api.input.Expansion;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.intervention.CommandResult;
import dev.carillon.core.publication.intervention.DeleteService;
import dev.carillon.core.publication.reconciliation.ReconciliationRequests;
import dev.carillon.core.publication.reconciliation.ResolveService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
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
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publications, each one post on one account, and the attempts to publish them. */
@Controller("/v1/publications/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "publications")
class PublicationController {
    private static final String ACCOUNT = "account";
    private static final Set<String> EXPANDABLE = Set.of(ACCOUNT, "account.account_group");

    private final PublicationService publications;
    private final ResolveService resolutions;
    private final ReconciliationRequests reconciliations;
    private final DeleteService deletions;
    private final IdempotentReplies replies;
    private final AccountExpansion expansion;
    private final ConditionalWrites conditions;

    PublicationController(
            PublicationService publications,
            ResolveService resolutions,
            ReconciliationRequests reconciliations,
            DeleteService deletions,
            IdempotentReplies replies,
            AccountExpansion expansion,
            ConditionalWrites conditions) {
        this.expansion = expansion;
        this.publications = publications;
        this.resolutions = resolutions;
        this.reconciliations = reconciliations;
        this.deletions = deletions;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Get a publication. Needs the scope posts.read, and accounts.read to show an account in full.
     *
     * @param id the publication's id
     * @param expand the related objects to return in full: account, account.account_group
     */
    @Get
    PublicationResponse getPublication(
            @FromKey Actor actor, String id, @QueryValue(Expansion.PARAMETER) @Nullable List<String> expand) {
        var inFull = Expansion.read(expand, EXPANDABLE);
        expansion.check(actor, inFull);
        return shown(actor, publications.get(actor, idOf(id)), inFull);
    }

    /**
     * List the attempts of a publication. They come first to last, on one page. Needs the scope posts.read.
     *
     * @param id the publication's id
     */
    @Get("/attempts")
    ListResponse<AttemptResponse> listAttempts(@FromKey Actor actor, String id) {
        var publication = publications.get(actor, idOf(id));
        boolean livemode = publication.tenant().mode().livemode();
        return ListResponse.whole(publications.attempts(actor, publication.id()).stream()
                .map(attempt -> AttemptResponse.of(attempt, livemode))
                .toList());
    }

    /**
     * Cancel a publication. You can cancel a publication that has not been sent. Repeating the request is harmless. Needs the scope
     * posts.schedule.
     *
     * @param id the publication's id
     */
    @Post("/cancel")
    @TakesIfMatch
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The canceled publication.",
            content = @Content(schema = @Schema(implementation = PublicationResponse.class)))
    HttpResponse<String> cancelPublication(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var publication = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, publication, () -> publications.cancel(actor, publication)));
    }

    /**
     * Resolve an unknown outcome. If you say that the publication was published, it is charged; if not, it is retried or fails, once the
     * attempt can no longer arrive. Needs the scope posts.publish.
     *
     * @param id the publication's id
     */
    @Post("/resolve")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ResolveRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The resolved publication.",
            content = @Content(schema = @Schema(implementation = PublicationResponse.class)))
    HttpResponse<String> resolvePublication(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var resolution = RequestReader.read(request, ResolveRequest.class).toResolution();
        var publication = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, publication, () -> resolutions.resolve(actor, publication, resolution)));
    }

    /**
     * Reconcile a publication. Asks the platform what happened to a publication whose outcome is unknown, or whether a published one still
     * exists. Waits a few seconds for the answer. Needs the scope posts.schedule.
     *
     * @param id the publication's id
     */
    @Post("/reconcile")
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The publication, after the platform answered.",
            content = @Content(schema = @Schema(implementation = PublicationResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The publication as it was before; the platform has not answered yet.",
            content = @Content(schema = @Schema(implementation = PublicationResponse.class)))
    HttpResponse<String> reconcilePublication(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var publication = idOf(id);
        return serve(actor, request, () -> reconciliations.reconcile(actor, publication));
    }

    /**
     * Delete a published post. Deletes it from its platform, if the platform allows that. The publication stays, with deleted_at. Repeating
     * the request is harmless. Waits a few seconds for the platform. Needs the scope posts.publish.
     *
     * @param id the publication's id
     */
    @Post("/delete")
    @EmptyBody
    @IdempotencyKey
    @ApiResponse(
            responseCode = "200",
            description = "The publication; the platform has deleted its post.",
            content = @Content(schema = @Schema(implementation = PublicationResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The publication; the deletion is in progress, and deleted_at is set when it is done.",
            content = @Content(schema = @Schema(implementation = PublicationResponse.class)))
    HttpResponse<String> deletePublication(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        JsonBody.requireEmpty(request);
        var publication = idOf(id);
        return serve(actor, request, () -> deletions.delete(actor, publication));
    }

    private HttpResponse<String> serve(Actor actor, HttpRequest<byte[]> request, Supplier<CommandResult> work) {
        return replies.answerAfter(
                actor,
                request,
                work,
                CommandResult::done,
                result -> PublicationResponse.of(actor, result.publication()));
    }

    private Supplier<PublicationResponse> guarded(
            Actor actor, HttpRequest<?> request, PublicationId publication, Supplier<Publication> change) {
        return conditions.guarded(
                actor,
                request,
                publication,
                () -> {
                    var now = publications.get(actor, publication);
                    return expansion.forms(actor, EXPANDABLE).stream()
                            .map(form -> shown(actor, now, form))
                            .toList();
                },
                () -> PublicationResponse.of(actor, change.get()));
    }

    private PublicationResponse shown(Actor actor, Publication publication, Expansion inFull) {
        var accounts = expansion.of(actor, inFull, ACCOUNT, List.of(publication.accountIn(actor.mode())));
        return PublicationResponse.of(actor, publication, accounts);
    }

    private static PublicationId idOf(String text) {
        return PathIds.read(PublicationId.KIND, "publication", text);
    }
}
