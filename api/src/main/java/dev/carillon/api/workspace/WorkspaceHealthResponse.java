package dev.carillon.api.workspace;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.workspace.WorkspaceHealth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is doing in one mode.
 *
 * @param object always {@code workspace_health}
 * @param accounts how many there are in each status; a status without any is left out
 */
@Wire
record WorkspaceHealthResponse(String object, Map<String, Long> accounts, Publications publications, boolean livemode) {
    /**
     * Publications.
     *
     * @param overdue those whose time has passed and of which nothing was sent yet
     * @param lateness of what was begun with lately
     */
    @Wire
    record Publications(long overdue, Lateness lateness) {}

    /**
     * How long after their time publications were begun with, of all whose first attempt began within the window.
     *
     * @param count how many those are
     * @param p50Ms the median, in milliseconds; null when there are none
     * @param p99Ms what 99 of 100 stay within, in milliseconds; null when there are none
     */
    @Wire
    record Lateness(
            long windowSeconds,
            long count,
            @Nullable Double p50Ms,
            @Nullable Double p99Ms) {}

    static WorkspaceHealthResponse of(WorkspaceHealth health, boolean livemode) {
        var lateness = health.lateness();
        return new WorkspaceHealthResponse(
                "workspace_health",
                health.accounts(),
                new Publications(
                        health.overdue(),
                        new Lateness(
                                WorkspaceHealth.WINDOW.toSeconds(),
                                lateness.count(),
                                lateness.medianMillis(),
                                lateness.p99Millis())),
                livemode);
    }
}
