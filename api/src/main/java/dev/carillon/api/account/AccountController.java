package dev.carillon.api.account;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.Expansion;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountFilter;
import dev.carillon.core.account.AccountGroup;
import dev.carillon.core.account.AccountGroupService;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.Platform;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
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
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Accounts: the identities that the workspace posts as. */
@Controller("/v1/accounts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "accounts")
class AccountController {
    private static final Set<String> EXPANDABLE = Set.of(AccountExpansion.GROUP);

    private final AccountService accounts;
    private final AccountLinking linking;
    private final IdempotentReplies replies;
    private final AccountGroupService groups;
    private final AccountExpansion expansion;
    private final ConditionalWrites conditions;

    AccountController(
            AccountService accounts,
            AccountLinking linking,
            IdempotentReplies replies,
            AccountGroupService groups,
            AccountExpansion expansion,
            ConditionalWrites conditions) {
        this.expansion = expansion;
        this.groups = groups;
        this.accounts = accounts;
        this.linking = linking;
        this.replies = replies;
        this.conditions = conditions;
    }

    /**
     * Connect an account. Carillon checks the credentials with the platform first; if the platform rejects them, nothing is stored.
     * Connecting the same identity again returns the same account. Not available to account-bound keys. Needs the scope accounts.write.
     */
    @Post
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CreateAccountRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The connected account.",
            content = @Content(schema = @Schema(implementation = AccountResponse.class)))
    HttpResponse<String> connectAccount(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var wanted = RequestReader.read(request, CreateAccountRequest.class).toWanted(actor.mode());
        AccountService.requireConnector(actor);
        return replies.earlier(actor, request).orElseGet(() -> {
            var linked = linking.link(actor.mode(), wanted);
            return replies.answer(
                    actor, request, HttpStatus.CREATED, () -> AccountResponse.of(accounts.connect(actor, linked)));
        });
    }

    /**
     * List accounts. The newest come first. Needs the scope accounts.read.
     *
     * @param platform only accounts on this platform
     * @param status only accounts with this status
     * @param accountGroupId only accounts in this group
     * @param expand the related objects to return in full: account_group
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<AccountResponse> listAccounts(
            @FromKey Actor actor,
            @QueryValue @Nullable String platform,
            @QueryValue @Nullable String status,
            @QueryValue("account_group_id") @Nullable String accountGroupId,
            @QueryValue(Expansion.PARAMETER) @Nullable List<String> expand,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var inFull = Expansion.read(expand, EXPANDABLE);
        var filter = new AccountFilter(
                QueryValues.oneOf("platform", platform, Platform.values(), Platform::wireName),
                QueryValues.oneOf("status", status, AccountStatus.values(), AccountStatus::wireName),
                QueryValues.id("account_group_id", accountGroupId, AccountGroupId.KIND));
        var page = accounts.list(actor, filter, QueryValues.page(limit, cursor));
        var groupsInFull = groupsOf(actor, inFull, page.data());
        return ListResponse.of(page, account -> AccountResponse.of(account, groupsInFull));
    }

    /**
     * Get an account. Needs the scope accounts.read.
     *
     * @param id the account's id
     * @param expand the related objects to return in full: account_group
     */
    @Get("/{id}")
    AccountResponse getAccount(
            @FromKey Actor actor, String id, @QueryValue(Expansion.PARAMETER) @Nullable List<String> expand) {
        var inFull = Expansion.read(expand, EXPANDABLE);
        var account = accounts.get(actor, idOf(id));
        return AccountResponse.of(account, groupsOf(actor, inFull, List.of(account)));
    }

    private Map<AccountGroupId, AccountGroup> groupsOf(Actor actor, Expansion inFull, List<Account> of) {
        return inFull.has(AccountExpansion.GROUP) ? expansion.groupsOf(actor, of) : Map.of();
    }

    /**
     * Move an account to another group. Not available to account-bound keys. Needs the scope accounts.write.
     *
     * @param id the account's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangeAccountRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The changed account.",
            content = @Content(schema = @Schema(implementation = AccountResponse.class)))
    HttpResponse<String> changeAccount(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var group = RequestReader.read(request, ChangeAccountRequest.class).toGroup();
        var account = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, account, () -> groups.move(actor, account, group)));
    }

    /**
     * Disconnect an account. Carillon deletes its tokens and holds its pending publications. You can still read the account. Repeating the
     * request is harmless. Needs the scope accounts.write.
     *
     * @param id the account's id
     */
    @Delete("/{id}")
    @TakesIfMatch
    AccountResponse disconnectAccount(@FromKey Actor actor, HttpRequest<?> request, String id) {
        var account = idOf(id);
        return guarded(actor, request, account, () -> accounts.disconnect(actor, account))
                .get();
    }

    private Supplier<AccountResponse> guarded(
            Actor actor, HttpRequest<?> request, AccountId account, Supplier<Account> change) {
        return conditions.guarded(
                actor, request, account, () -> shown(actor, account), () -> AccountResponse.of(change.get()));
    }

    private List<AccountResponse> shown(Actor actor, AccountId id) {
        var account = accounts.get(actor, id);
        var inFull = expansion.groupsOf(actor, List.of(account));
        return List.of(AccountResponse.of(account), AccountResponse.of(account, inFull));
    }

    private static AccountId idOf(String text) {
        return PathIds.read(AccountId.KIND, "account", text);
    }
}
