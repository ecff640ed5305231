package dev.carillon.api.workspace;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.workspace.WorkspaceHealth;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of a workspace in one mode.
 *
 * @param object always {@code workspace_health}
 * @param accounts the number of accounts in each status; a status without accounts is left out
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
     * The health of publications.
     *
     * @param overdue publications whose time has passed and that have not been sent yet
     * @param lateness how late recent publications started
     */
    @Wire
    record Publications(long overdue, Lateness lateness) {}

    /**
     * How late publications started, over all whose first attempt started within the window.
     *
     * @param count the number of these publications
     * @param p50Ms the median, in milliseconds; null if there are none
     * @param p99Ms the 99th percentile, in milliseconds; null if there are none
     */
    @Wire
    record Lateness(
            long windowSeconds,
            long count,
            @Nullable Double p50Ms,
            @Nullable Double p99Ms) {}

    /**
     * The health of webhooks.
     *
     * @param endpoints the number of endpoints in each status; a status without endpoints is left out
     * @param failing endpoints with a delivery that failed and waits for a retry, or that finally failed within the window
     */
    @Wire
    record Webhooks(Map<String, Long> endpoints, long failing, Deliveries deliveries) {}

    /**
     * Deliveries of events to endpoints.
     *
     * @param waiting deliveries that are still to be sent, including retries
     * @param retried deliveries that failed and wait for a retry
     * @param failed deliveries that finally failed within the window
     */
    @Wire
    record Deliveries(long windowSeconds, long waiting, long retried, long failed) {}

    /**
     * The spending of this month.
     *
     * @param since when the month began, in UTC
     * @param held the cost held for publications that have not ended, whenever they were accepted
     * @param settled the cost of the publications published since the month began
     * @param cap the most that may be spent in a month; null, because caps cannot be set yet
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
