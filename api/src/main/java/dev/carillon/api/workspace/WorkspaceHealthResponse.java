package dev.carillon.api.workspace;

import dev.carillon.api.http.Sorted;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.workspace.WorkspaceHealth;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is doing in one mode.
 *
 * @param object always {@code workspace_health}
 * @param accounts how many there are in each status; a status without any is left out
 */
@Wire
record WorkspaceHealthResponse(
        String object,
        Map<String, Long> accounts,
        Publications publications,
        Webhooks webhooks,
        Spend spend,
        boolean livemode) {
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

    /**
     * Webhooks.
     *
     * @param endpoints how many there are in each status; a status without any is left out
     * @param failing endpoints that have a delivery which was tried in vain and is waiting, or was given up within the window
     */
    @Wire
    record Webhooks(Map<String, Long> endpoints, long failing, Deliveries deliveries) {}

    /**
     * Deliveries of events to endpoints.
     *
     * @param waiting those that are to be made, the retried ones among them
     * @param retried those that were tried in vain and are to be tried again
     * @param failed those that were given up within the window
     */
    @Wire
    record Deliveries(long windowSeconds, long waiting, long retried, long failed) {}

    /**
     * What was spent this month.
     *
     * @param since when the month began, in UTC
     * @param held what publications that have not ended may come to, whenever they were accepted
     * @param settled what publications came to that were published since
     * @param cap what may be spent in a month; null, because caps cannot be set yet
     */
    @Wire
    record Spend(
            Instant since,
            Money held,
            Money settled,
            @Nullable Money cap) {}

    static WorkspaceHealthResponse of(WorkspaceHealth health, boolean livemode) {
        return new WorkspaceHealthResponse(
                "workspace_health",
                Sorted.byKey(health.accounts()),
                publications(health),
                webhooks(health.webhooks()),
                spend(health.spend()),
                livemode);
    }

    private static Publications publications(WorkspaceHealth health) {
        var lateness = health.lateness();
        return new Publications(
                health.overdue(),
                new Lateness(
                        WorkspaceHealth.WINDOW.toSeconds(),
                        lateness.count(),
                        lateness.medianMillis(),
                        lateness.p99Millis()));
    }

    private static Webhooks webhooks(WorkspaceHealth.Webhooks webhooks) {
        return new Webhooks(
                Sorted.byKey(webhooks.endpoints()),
                webhooks.failing(),
                new Deliveries(
                        WorkspaceHealth.FAILURE_WINDOW.toSeconds(),
                        webhooks.waiting(),
                        webhooks.retried(),
                        webhooks.failed()));
    }

    private static Spend spend(WorkspaceHealth.Spend spend) {
        return new Spend(spend.since(), spend.held(), spend.settled(), null);
    }
}
