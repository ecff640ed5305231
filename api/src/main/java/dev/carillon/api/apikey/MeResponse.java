package dev.carillon.api.apikey;

import dev.carillon.api.session.UserView;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.limit.CallerLimits;
import dev.carillon.core.limit.Operation;
import dev.carillon.core.limit.PlanRates;
import dev.carillon.core.member.Membership;
import dev.carillon.core.user.User;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.Workspace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The caller that the key or the session identifies.
 *
 * @param id the id of the key, or of the member if a person has signed in
 * @param object always {@code me}
 * @param agentId the agent that owns the key; null if no agent does
 * @param person the signed-in person; null for a key
 * @param mode live or test
 * @param scopes the scopes of the key, or of the member's role
 * @param accountIds the accounts that the key is restricted to, together with all accounts in the account groups; if both lists are empty,
 *     the key is not account-bound
 * @param accountGroupIds the account groups that the key is restricted to
 * @param rateLimit the key's own limit, over all of its requests; null if only the limits of the plan apply
 */
@Wire
record MeResponse(
        String id,
        String object,
        @Nullable String agentId,
        @Nullable PersonView person,
        String mode,
        boolean livemode,
        WorkspaceView workspace,
        PlanView plan,
        List<String> scopes,
        List<String> accountIds,
        List<String> accountGroupIds,
        @Nullable RateLimitView rateLimit) {

    /**
     * A signed-in person, as a member of the workspace.
     *
     * @param role owner, admin, editor or viewer
     */
    @Wire
    record PersonView(String memberId, String role, UserView user) {
        static PersonView of(User user, Membership membership) {
            return new PersonView(
                    membership.member().toString(), membership.role().wireName(), UserView.of(user));
        }
    }

    /** The workspace that the key belongs to, or that the request names. */
    @Wire
    record WorkspaceView(String id, String name) {}

    /**
     * The workspace's plan.
     *
     * @param fee the fee for one publication, without the platform's charge
     * @param limits the limits of the plan
     */
    @Wire
    record PlanView(String id, String name, Money fee, Limits limits) {}

    /**
     * The limits of a plan.
     *
     * @param maxWebhookEndpoints per mode
     * @param maxAccountGroups per mode, including the default group
     * @param retentionDays how many days events, attempts and deliveries are kept
     * @param requestsPerMinute limits for each key and each member, by kind of request
     */
    @Wire
    record Limits(
            int maxWebhookEndpoints, int maxAccountGroups, int retentionDays, RequestsPerMinute requestsPerMinute) {}

    /**
     * How many requests each key and each member may send per minute; null for no limit.
     *
     * @param read reads
     * @param write changes that belong to no other kind
     * @param post new posts
     * @param batch batches of posts
     * @param admin changes of permissions, and requests that are expensive to answer
     */
    @Wire
    record RequestsPerMinute(
            @Nullable Integer read,
            @Nullable Integer write,
            @Nullable Integer post,
            @Nullable Integer batch,
            @Nullable Integer admin) {
        static RequestsPerMinute of(PlanRates rates) {
            var numbers = rates.perMinute();
            return new RequestsPerMinute(
                    numbers.get(Operation.READ),
                    numbers.get(Operation.WRITE),
                    numbers.get(Operation.POST),
                    numbers.get(Operation.BATCH),
                    numbers.get(Operation.ADMIN));
        }
    }

    static MeResponse of(
            Actor actor, @Nullable PersonView person, Workspace workspace, Plan plan, CallerLimits limits) {
        return new MeResponse(
                switch (actor.caller()) {
                    case Caller.ByKey(var key) -> key.toString();
                    case Caller.ByMember by -> by.member().toString();
                },
                "me",
                Objects.toString(actor.agent(), null),
                person,
                actor.mode().livemode() ? "live" : "test",
                actor.mode().livemode(),
                new WorkspaceView(actor.workspace().toString(), workspace.name()),
                new PlanView(
                        plan.id(),
                        plan.name(),
                        plan.fee(),
                        new Limits(
                                plan.maxWebhookEndpoints(),
                                plan.maxAccountGroups(),
                                plan.retentionDays(),
                                RequestsPerMinute.of(limits.plan()))),
                actor.scopes().stream().map(Scope::wireName).sorted().toList(),
                actor.bounds().accounts().stream()
                        .map(AccountId::toString)
                        .sorted()
                        .toList(),
                actor.bounds().groups().stream()
                        .map(AccountGroupId::toString)
                        .sorted()
                        .toList(),
                RateLimitView.of(limits.own()));
    }
}
