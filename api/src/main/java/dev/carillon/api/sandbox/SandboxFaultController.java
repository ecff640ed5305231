package dev.carillon.api.sandbox;

import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.JsonBody;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.PageLimit;
import dev.carillon.api.http.PathIds;
import dev.carillon.api.http.QueryValues;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.connectors.sandbox.SandboxFaults;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.kernel.FaultId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import org.jspecify.annotations.Nullable;

/** Trouble on order: what is to go wrong with this workspace's posts on the sandbox platform. */
@Controller("/v1/sandbox/faults")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sandbox")
class SandboxFaultController {
    private final AccountService accounts;
    private final SandboxFaults faults;
    private final IdempotentReplies replies;

    SandboxFaultController(AccountService accounts, SandboxFaults faults, IdempotentReplies replies) {
        this.accounts = accounts;
        this.faults = faults;
        this.replies = replies;
    }

    /**
     * Has the next posts of this workspace go wrong. Test keys only. Two requests with one idempotency key at the same moment may make
     * two faults, of which the reply tells one. Needs the scope sandbox.write, and accounts.read where an account is named.
     */
    @Post
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CreateSandboxFaultRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Made.",
            content = @Content(schema = @Schema(implementation = SandboxFaultResponse.class)))
    HttpResponse<String> createSandboxFault(@FromKey Actor actor, HttpRequest<byte[]> request) {
        TestMode.require(actor);
        var wanted = CreateSandboxFaultRequest.read(JsonBody.read(request));
        actor.require(Scope.SANDBOX_WRITE);
        return replies.earlier(actor, request).orElseGet(() -> {
            if (wanted.account() != null) {
                accounts.get(actor, wanted.account());
            }
            var fault = faults.add(actor.workspace(), wanted);
            return replies.answer(actor, request, HttpStatus.CREATED, () -> SandboxFaultResponse.of(fault));
        });
    }

    /**
     * Lists faults, newest first, used up ones included. Test keys only, and none that are bound to accounts. Needs the scope posts.read.
     *
     * @param limit how many, 1 to 100; 20 where it is left out
     * @param cursor next_cursor of the part before
     */
    @Get
    ListResponse<SandboxFaultResponse> listSandboxFaults(
            @FromKey Actor actor, @QueryValue @PageLimit @Nullable String limit, @QueryValue @Nullable String cursor) {
        TestMode.require(actor);
        requireReader(actor);
        var page = QueryValues.page(limit, cursor);
        return ListResponse.of(faults.list(actor.workspace(), page), SandboxFaultResponse::of);
    }

    /**
     * Reads one fault, with how often it has struck. Test keys only, and none that are bound to accounts. Needs the scope posts.read.
     *
     * @param id the fault's id
     */
    @Get("/{id}")
    SandboxFaultResponse getSandboxFault(@FromKey Actor actor, String id) {
        TestMode.require(actor);
        requireReader(actor);
        return SandboxFaultResponse.of(faults.get(actor.workspace(), idOf(id)));
    }

    /**
     * Takes a fault back; it strikes no more. Test keys only. Needs the scope sandbox.write.
     *
     * @param id the fault's id
     */
    @Delete("/{id}")
    SandboxFaultResponse deleteSandboxFault(@FromKey Actor actor, String id) {
        TestMode.require(actor);
        actor.require(Scope.SANDBOX_WRITE);
        return SandboxFaultResponse.of(faults.delete(actor.workspace(), idOf(id)));
    }

    private static void requireReader(Actor actor) {
        actor.require(Scope.POSTS_READ);
        actor.requireUnbound("faults may concern any account");
    }

    private static FaultId idOf(String text) {
        return PathIds.read(FaultId.KIND, "sandbox fault", text);
    }
}
