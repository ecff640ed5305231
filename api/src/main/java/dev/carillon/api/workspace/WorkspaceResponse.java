package dev.carillon.api.workspace;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.pacing.LateRule;
import dev.carillon.core.workspace.Workspace;
import java.time.Instant;

/**
 * A workspace and its settings, which hold for live and test mode alike.
 *
 * @param object always {@code workspace}
 * @param graceSeconds how late a post may still go out, where it does not say so itself
 * @param onMissed what becomes of it after that, skip or publish, where it does not say so itself
 * @param latePostsPerAccountHour how many posts that are late by more than five minutes go out on an account within any hour
 */
@Wire
record WorkspaceResponse(
        String id,
        String object,
        String name,
        long graceSeconds,
        String onMissed,
        int latePostsPerAccountHour,
        Instant createdAt) {
    static WorkspaceResponse of(Workspace workspace, LateRule late) {
        return new WorkspaceResponse(
                new WorkspaceId(workspace.id()).toString(),
                "workspace",
                workspace.name(),
                late.grace().toSeconds(),
                late.onMissed().wireName(),
                late.perAccountHour(),
                workspace.createdAt());
    }
}
