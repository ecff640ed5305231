package dev.carillon.api.workspace;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.pacing.LateRule;
import dev.carillon.core.workspace.Workspace;
import java.time.Instant;

/**
 * A workspace and its settings, which apply to live and test mode alike.
 *
 * @param object always {@code workspace}
 * @param graceSeconds how many seconds late a post may still be published, unless the post sets its own value
 * @param misfirePolicy what happens to a post that is later than that, skip or publish, unless the post sets its own value
 * @param latePostsPerAccountHour how many posts that are more than five minutes late an account may publish within any hour
 */
@Wire
record WorkspaceResponse(
        String id,
        String object,
        String name,
        long graceSeconds,
        String misfirePolicy,
        int latePostsPerAccountHour,
        Instant createdAt) {
    static WorkspaceResponse of(Workspace workspace, LateRule late) {
        return new WorkspaceResponse(
                new WorkspaceId(workspace.id()).toString(),
                "workspace",
                workspace.name(),
                late.grace().toSeconds(),
                late.misfirePolicy().wireName(),
                late.perAccountHour(),
                workspace.createdAt());
    }
}
