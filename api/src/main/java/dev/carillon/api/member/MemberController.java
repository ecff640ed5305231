package dev.carillon.api.member;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.PathIds;
import dev.carillon.api.input.QueryValues;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.protocol.ConditionalWrites;
import dev.carillon.api.protocol.TakesIfMatch;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.member.Member;
import dev.carillon.core.member.MemberService;
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
    private final MemberService members;
    private final ConditionalWrites conditions;

    MemberController(MemberService members, ConditionalWrites conditions) {
        this.members = members;
        this.conditions = conditions;
    }

    /**
     * List members. The newest come first. Every member of the workspace may call this route. Needs the scope workspace.admin if you use a
     * key.
     *
     * @param id the workspace's id
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
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
     * Get a member. Every member of the workspace may call this route. Needs the scope workspace.admin if you use a key.
     *
     * @param id the workspace's id
     * @param member the member's id
     */
    @Get("/{member}")
    MemberResponse getMember(@FromKey Actor actor, String id, String member) {
        return MemberResponse.of(members.get(actor, idOf(member)));
    }

    /**
     * Change a member's role. Neither the new nor the previous role may have more permissions than you. The change takes effect within a
     * second. Needs the scope workspace.admin.
     *
     * @param id the workspace's id
     * @param member the member's id
     */
    @Patch("/{member}")
    @TakesIfMatch
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ChangeMemberRequest.class)))
    MemberResponse changeMember(@FromKey Actor actor, HttpRequest<byte[]> request, String id, String member) {
        var role = RequestReader.read(request, ChangeMemberRequest.class).toRole();
        var named = idOf(member);
        return changed(actor, request, named, () -> members.changeRole(actor, named, role));
    }

    /**
     * Remove a member. The member loses access within a second. Everything that the member created stays, including keys. Needs the scope
     * workspace.admin.
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
