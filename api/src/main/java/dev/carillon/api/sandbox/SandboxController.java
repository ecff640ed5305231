package dev.carillon.api.sandbox;

import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.PathIds;
import dev.carillon.api.http.QueryValues;
import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A look at the sandbox platform from outside: what really arrived there. */
@Controller("/v1/sandbox/posts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sandbox")
class SandboxController {
    private final AccountService accounts;
    private final SandboxPosts sandbox;

    SandboxController(AccountService accounts, SandboxPosts sandbox) {
        this.accounts = accounts;
        this.sandbox = sandbox;
    }

    /**
     * Lists what the sandbox platform accepted for an account, newest first, with the total. Test keys only. Needs the scope
     * accounts.read.
     *
     * @param accountId the account
     * @param limit how many, 1 to 100; 20 where it is left out
     * @param cursor next_cursor of the part before
     */
    @Get
    SandboxPostsResponse listSandboxPosts(
            @FromKey Actor actor,
            @QueryValue("account_id") @Nullable String accountId,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        if (actor.mode().livemode()) {
            throw ErrorCode.MODE_MISMATCH.because("The sandbox plays test mode only; use a test key.");
        }
        if (accountId == null) {
            throw ErrorCode.INVALID_PARAMETER.at("account_id", "account_id is required.");
        }
        var page = QueryValues.page(limit, cursor);
        var account = accounts.get(actor, PathIds.read(AccountId.KIND, "account", accountId))
                .id();
        return SandboxPostsResponse.of(
                account.toString(), sandbox.list(account, Optional.ofNullable(page.cursor()), page.limit()));
    }
}
