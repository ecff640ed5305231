package dev.carillon.api.sandbox;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.connectors.sandbox.SandboxFaults;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
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

/** Faults: failures that you order for this workspace's posts on the sandbox platform. */
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
     * Create a fault. The next posts of this workspace fail. Test keys only. Two simultaneous requests with the same idempotency key may
     * create two faults; the reply shows one of them. Needs the scope sandbox.write, and accounts.read if you name an account.
     */
    @Post
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CreateSandboxFaultRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new fault.",
            content = @Content(schema = @Schema(implementation = SandboxFaultResponse.class)))
    HttpResponse<String> createSandboxFault(@FromKey Actor actor, HttpRequest<byte[]> request) {
        TestMode.require(actor);
        var wanted =
                RequestReader.read(request, CreateSandboxFaultRequest.class).toWanted();
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
     * List faults. The newest come first; used-up faults are included. Test keys only; not available to account-bound keys. Needs the scope
     * posts.read.
     *
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
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
     * Get a fault. The reply shows how often it has hit. Test keys only; not available to account-bound keys. Needs the scope posts.read.
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
     * Delete a fault. It then hits no more calls. Test keys only. Needs the scope sandbox.write.
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
        actor.requireUnbound("faults can apply to any account");
    }

    private static FaultId idOf(String text) {
        return PathIds.read(FaultId.KIND, "sandbox fault", text);
    }
}
