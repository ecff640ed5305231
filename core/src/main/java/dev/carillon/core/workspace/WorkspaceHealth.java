package dev.carillon.core.workspace;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is doing in one mode.
 *
 * @param accounts how many there are in each status
 * @param overdue publications whose time has passed and of which nothing was sent yet
 */
public record WorkspaceHealth(Map<String, Long> accounts, long overdue, Lateness lateness) {
    /** Over which lateness is taken. */
    public static final Duration WINDOW = Duration.ofHours(1);

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
}
