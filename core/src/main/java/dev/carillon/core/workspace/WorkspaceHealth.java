package dev.carillon.core.workspace;

import dev.carillon.core.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is doing in one mode.
 *
 * @param accounts how many there are in each status
 * @param overdue publications whose time has passed and of which nothing was sent yet
 */
public record WorkspaceHealth(
        Map<String, Long> accounts, long overdue, Lateness lateness, Webhooks webhooks, Spend spend) {
    /** Over which lateness is taken. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /** Over which deliveries that have failed for good are counted. */
    public static final Duration FAILURE_WINDOW = Duration.ofDays(1);

    public WorkspaceHealth {
        accounts = Map.copyOf(accounts);
    }

    /**
     * How long after their time publications were begun with, of those whose first attempt began within the window.
     *
     * @param medianMillis null when there are none, as is the other one
     */
    public record Lateness(
            long count,
            @Nullable Double medianMillis,
            @Nullable Double p99Millis) {}

    /**
     * How webhooks are doing; all of it in database time.
     *
     * @param endpoints how many there are in each status, deleted ones left out
     * @param failing endpoints that have a delivery among {@code retried} or {@code failed}
     * @param waiting deliveries that are to be made, those of {@code retried} among them
     * @param retried deliveries that were tried in vain and are to be tried again
     * @param failed deliveries that were given up within {@link #FAILURE_WINDOW}
     */
    public record Webhooks(Map<String, Long> endpoints, long failing, long waiting, long retried, long failed) {
        public Webhooks {
            endpoints = Map.copyOf(endpoints);
        }
    }

    /**
     * What was spent in the month, which begins in UTC by business time.
     *
     * @param held what publications that have not ended may come to, whenever they were accepted
     * @param settled what publications came to that were published since the month began
     */
    public record Spend(Instant since, Money held, Money settled) {}
}
