package dev.carillon.core.workspace;

import dev.carillon.core.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of a workspace in one mode.
 *
 * @param accounts number of accounts by status
 * @param overdue publications whose time has passed and of which nothing has been sent yet
 */
public record WorkspaceHealth(
        Map<String, Long> accounts, long overdue, Lateness lateness, Webhooks webhooks, Spend spend) {
    /** The period over which lateness is measured. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** The period over which permanently failed deliveries are counted. */
    public static final Duration FAILURE_WINDOW = Duration.ofDays(1);

    public WorkspaceHealth {
        accounts = Map.copyOf(accounts);
    }

    /**
     * How late publishing started, for publications whose first attempt started within the window.
     *
     * @param medianMillis null if there are none, as is {@code p99Millis}
     */
    public record Lateness(
            long count,
            @Nullable Double medianMillis,
            @Nullable Double p99Millis) {}

    /**
     * The health of webhooks, in database time.
     *
     * @param endpoints number of endpoints by status, without deleted ones
     * @param failing endpoints that have a delivery among {@code retried} or {@code failed}
     * @param waiting deliveries still to be made, including {@code retried}
     * @param retried deliveries that have failed at least once and will be attempted again
     * @param failed deliveries that were given up within {@link #FAILURE_WINDOW}
     */
    public record Webhooks(Map<String, Long> endpoints, long failing, long waiting, long retried, long failed) {
        public Webhooks {
            endpoints = Map.copyOf(endpoints);
        }
    }

    /**
     * Spending in the current month, which starts in UTC by business time.
     *
     * @param held maximum cost of publications that have not ended, whenever they were accepted
     * @param settled cost of the publications that were published since the month began
     */
    public record Spend(Instant since, Money held, Money settled) {}
}
