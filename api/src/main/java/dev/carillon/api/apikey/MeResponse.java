package dev.carillon.api.apikey;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.Workspace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who the key makes of the caller.
 *
 * @param id the key's id
 * @param object always {@code me}
 * @param agentId the agent whose key it is; null where it is no agent's
 * @param mode live or test
 * @param scopes what the key may do
 */
@Wire
record MeResponse(
        String id,
        String object,
        @Nullable String agentId,
        String mode,
        boolean livemode,
        WorkspaceView workspace,
        PlanView plan,
        List<String> scopes) {

    /** The workspace that the key belongs to. */
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
     */
    @Wire
    record Limits(int maxWebhookEndpoints, int maxAccountGroups, int retentionDays) {}

    static MeResponse of(Actor actor, Workspace workspace, Plan plan) {
        return new MeResponse(
                Objects.toString(actor.caller().keyOrNull(), Objects.toString(actor.caller().memberOrNull(), "")),
                "me",
                Objects.toString(actor.agent(), null),
                actor.mode().livemode() ? "live" : "test",
                actor.mode().livemode(),
                new WorkspaceView(actor.workspace().toString(), workspace.name()),
                new PlanView(
                        plan.id(),
                        plan.name(),
                        plan.fee(),
                        new Limits(plan.maxWebhookEndpoints(), plan.maxAccountGroups(), plan.retentionDays())),
                actor.scopes().stream().map(Scope::wireName).sorted().toList());
    }
}
