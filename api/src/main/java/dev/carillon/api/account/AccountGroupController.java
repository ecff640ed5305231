package dev.carillon.api.account;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.idempotency.IdempotencyKey;
import dev.carillon.api.idempotency.IdempotentReplies;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.account.AccountGroup;
import dev.carillon.core.account.AccountGroupService;
import dev.carillon.core.account.AccountGroupService.OnDelete;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountGroupId;
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
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Groups of accounts, for example those of one brand. A post can target a group instead of its accounts. */
@Controller("/v1/account_groups")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "account_groups")
class AccountGroupController {
    private final AccountGroupService groups;
    private final IdempotentReplies replies;
    private final ConditionalWrites conditions;

    AccountGroupController(AccountGroupService groups, IdempotentReplies replies, ConditionalWrites conditions) {
        this.groups = groups;
        this.replies = replies;
        this.conditions = conditions;
    }

    /** Create an account group. Not available to account-bound keys. Needs the scope accounts.write. */
    @Post
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CreateAccountGroupRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new group.",
            content = @Content(schema = @Schema(implementation = AccountGroupResponse.class)))
    HttpResponse<String> createAccountGroup(@FromKey Actor actor, HttpRequest<byte[]> request) {
        var draft = RequestReader.read(request, CreateAccountGroupRequest.class).toDraft();
        return replies.answer(
                actor, request, HttpStatus.CREATED, () -> AccountGroupResponse.of(groups.create(actor, draft)));
    }

    /**
     * List account groups. The newest come first, and the default group comes last. Needs the scope accounts.read.
     *
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<AccountGroupResponse> listAccountGroups(
            @FromKey Actor actor, @QueryValue @PageLimit @Nullable String limit, @QueryValue @Nullable String cursor) {
        return ListResponse.of(groups.list(actor, QueryValues.page(limit, cursor)), AccountGroupResponse::of);
    }

    /**
     * Get an account group. Needs the scope accounts.read.
     *
     * @param id the group's id
     */
    @Get("/{id}")
    AccountGroupResponse getAccountGroup(@FromKey Actor actor, String id) {
        return AccountGroupResponse.of(groups.get(actor, idOf(id)));
    }

    /**
     * Change an account group. A field that you omit keeps its value. Needs the scope accounts.write.
     *
     * @param id the group's id
     */
    @Patch("/{id}")
    @TakesIfMatch
    @IdempotencyKey
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ChangeAccountGroupRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The changed group.",
            content = @Content(schema = @Schema(implementation = AccountGroupResponse.class)))
    HttpResponse<String> changeAccountGroup(@FromKey Actor actor, HttpRequest<byte[]> request, String id) {
        var change =
                RequestReader.read(request, ChangeAccountGroupRequest.class).toChange();
        var group = idOf(id);
        return replies.answer(
                actor,
                request,
                HttpStatus.OK,
                guarded(actor, request, group, () -> groups.change(actor, group, change)));
    }

    /**
     * Delete an account group. Returns its last state. Its accounts move to the default group. Not available to account-bound keys. Needs
     * the scope accounts.write.
     *
     * @param id the group's id
     * @param onDelete what happens to its accounts: detach (the default) keeps them connected; revoke disconnects them and deletes their
     *     tokens
     */
    @Delete("/{id}")
    @TakesIfMatch
    AccountGroupResponse deleteAccountGroup(
            @FromKey Actor actor,
            HttpRequest<?> request,
            String id,
            @QueryValue("on_delete") @Nullable String onDelete) {
        var what = QueryValues.oneOf(
                "on_delete", onDelete, OnDelete.values(), each -> each.name().toLowerCase(Locale.ROOT));
        var group = idOf(id);
        return guarded(actor, request, group, () -> groups.delete(actor, group, what == null ? OnDelete.DETACH : what))
                .get();
    }

    private Supplier<AccountGroupResponse> guarded(
            Actor actor, HttpRequest<?> request, AccountGroupId group, Supplier<AccountGroup> change) {
        return conditions.guarded(
                actor,
                request,
                group,
                () -> List.of(AccountGroupResponse.of(groups.get(actor, group))),
                () -> AccountGroupResponse.of(change.get()));
    }

    private static AccountGroupId idOf(String text) {
        return PathIds.read(AccountGroupId.KIND, "account group", text);
    }
}
