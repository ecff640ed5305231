package dev.carillon.core.kernel;

import java.time.Instant;

/**
 * Business time: schedules, retry spacing, token expiry, periods. Leases, deadlines and idempotency windows do not ask here; they
 * run on the database's own {@code clock_timestamp()}.
 */
public interface Clocks {
    /** Now, for one workspace and mode; in test mode a workspace may have a clock of its own. */
    Instant now(WorkspaceId workspace, Mode mode);

    /** Now, for what belongs to no workspace. */
    Instant now();
}
