package dev.carillon.api.apikey;

import dev.carillon.api.session.UserView;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Caller;
import dev.carillon.core.apikey.Scope;
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
 * Who the key, or the session, makes of the caller.
 *
 * @param id the key's id; the member's, where a person has signed in
 * @param object always {@code me}
 * @param agentId the agent whose key it is; null where it is no agent's
 * @param person who has signed in; null where a key came
 * @param mode live or test
 * @param scopes what the key may do, or the member's role
 * @param rateLimit how much the key may send at most, over all that it does; null where only the limits of the plan bind it
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
        @Nullable RateLimitView rateLimit) {

    /**
     * A person who has signed in, as a member of the workspace.
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
     * What the workspace may do and pays.
     *
     * @param fee for one publication, without what a platform charges
     * @param limits how much of something it may have
     */
    @Wire
    record PlanView(String id, String name, Money fee, Limits limits) {}

    /**
     * How much of something a workspace may have.
     *
     * @param maxWebhookEndpoints in one mode
     * @param maxAccountGroups in one mode, the default one included
     * @param retentionDays how long events, attempts and deliveries are kept
     * @param requestsPerMinute of each key and each member, by what they do
     */
    @Wire
    record Limits(
            int maxWebhookEndpoints, int maxAccountGroups, int retentionDays, RequestsPerMinute requestsPerMinute) {}

    /**
     * How many requests each key and each member may send in a minute; null for as many as it likes.
     *
     * @param read looks
     * @param write changes that are none of the others
     * @param post new posts
     * @param batch batches of posts
     * @param admin changes of who may do what, and what is dear to answer
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
                RateLimitView.of(limits.own()));
    }
}
