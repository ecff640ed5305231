package dev.carillon.api.member;

import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.ConditionalWrites;
import dev.carillon.api.http.JsonBody;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.PageLimit;
import dev.carillon.api.http.PathIds;
import dev.carillon.api.http.QueryValues;
import dev.carillon.api.http.TakesIfMatch;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.member.Member;
import dev.carillon.core.member.Members;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The members of a workspace. */
@Controller("/v1/workspaces/{id}/members")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "members")
class MemberController {
    private final Members members;
    private final ConditionalWrites conditions;

    MemberController(Members members, ConditionalWrites conditions) {
        this.members = members;
        this.conditions = conditions;
    }

    /**
     * Lists members, newest first. For members; a key of the workspace Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param limit how many, 1 to 100; 20 where it is left out
     * @param cursor next_cursor of the part before
     */
    @Get
    ListResponse<MemberResponse> listMembers(
            @FromKey Actor actor,
            String id,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        return ListResponse.of(members.list(actor, QueryValues.page(limit, cursor)), MemberResponse::of);
    }

    /**
     * Reads a member. For members; a key of the workspace Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param member the member's id
     */
    @Get("/{member}")
    MemberResponse getMember(@FromKey Actor actor, String id, String member) {
        return MemberResponse.of(members.get(actor, idOf(member)));
    }

    /**
     * Gives a member another role; neither that nor the one before may do more than who asks. It holds within a second. Needs the scope
     * workspace.admin.
     *
     * @param id the workspace's id
     * @param member the member's id
     */
    @Patch("/{member}")
    @TakesIfMatch
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangeMemberRequest.class)))
    MemberResponse changeMember(@FromKey Actor actor, HttpRequest<byte[]> request, String id, String member) {
        var role = ChangeMemberRequest.read(JsonBody.read(request));
        var named = idOf(member);
        return changed(actor, request, named, () -> members.changeRole(actor, named, role));
    }

    /**
     * Ends a membership, within a second; what the member has made stays, their keys among it. Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param member the member's id
     */
    @Delete("/{member}")
    @TakesIfMatch
    MemberResponse removeMember(@FromKey Actor actor, HttpRequest<?> request, String id, String member) {
        var named = idOf(member);
        return changed(actor, request, named, () -> members.remove(actor, named));
    }

    private MemberResponse changed(Actor actor, HttpRequest<?> request, MemberId member, Supplier<Member> change) {
        return conditions.run(
                actor,
                request,
                member,
                () -> List.of(MemberResponse.of(members.get(actor, member))),
                () -> MemberResponse.of(change.get()));
    }

    private static MemberId idOf(String text) {
        return PathIds.read(MemberId.KIND, "member", text);
    }
}
