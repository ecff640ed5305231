package dev.carillon.core.platformcommand;

import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A platform command: one thing that a caller wants done on a platform.
 *
 * @param generation raised by every claim; a process with an older generation has lost the row
 * @param attempts the number of attempts; each claim counts as one
 * @param failure why the last attempt failed; in a command that has ended, why it was given up
 */
public record PlatformCommand(
        PlatformCommandId id,
        Tenant tenant,
        PublicationId publication,
        PlatformCommandKind kind,
        long generation,
        int attempts,
        @Nullable Failure failure,
        boolean ended) {}
