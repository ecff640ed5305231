package dev.carillon.core.kernel;

import java.time.Instant;

/**
 * Business time: schedules, retry spacing, token expiry, periods. Leases, deadlines and idempotency windows do not use
 * it; they run on the database's own {@code clock_timestamp()}.
 */
public interface Clocks {
    /** The time of one workspace and mode; in test mode a workspace may have its own clock. */
    Instant now(WorkspaceId workspace, Mode mode);

    /** The time for everything that belongs to no workspace. */
    Instant now();
}
