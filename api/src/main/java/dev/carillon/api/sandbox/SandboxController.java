package dev.carillon.api.sandbox;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.QueryValues;
import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PageRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sandbox platform as seen from outside: the posts that actually arrived there. */
@Controller("/v1/sandbox/posts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sandbox")
class SandboxController {
    private static final String ACCOUNT_ID = "account_id";

    private final AccountService accounts;
    private final SandboxPosts sandbox;

    SandboxController(AccountService accounts, SandboxPosts sandbox) {
        this.accounts = accounts;
        this.sandbox = sandbox;
    }

    /**
     * List posts on the sandbox. Returns the posts that the sandbox accepted from this workspace, newest first, with their total. Test keys
     * only; an account-bound key must name an account. Needs the scope posts.read, and accounts.read if you name an account.
     *
     * @param accountId only posts that were accepted for this account
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    SandboxPostsResponse listSandboxPosts(
            @FromKey Actor actor,
            @QueryValue(ACCOUNT_ID) @Nullable String accountId,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        TestMode.require(actor);
        actor.require(Scope.POSTS_READ);
        var page = QueryValues.page(limit, cursor);
        var account = QueryValues.id(ACCOUNT_ID, accountId, AccountId.KIND);
        return SandboxPostsResponse.of(list(actor, account, page));
    }

    private SandboxPosts.Posts list(Actor actor, @Nullable AccountId account, PageRequest page) {
        if (account == null) {
            actor.requireUnbound(
                    "this route lists the posts of all accounts; name one of the key's accounts in account_id");
        }
        var cursor = Optional.ofNullable(page.cursor());
        return account == null
                ? sandbox.list(actor.workspace(), cursor, page.limit())
                : sandbox.list(accounts.get(actor, account).id(), cursor, page.limit());
    }
}
