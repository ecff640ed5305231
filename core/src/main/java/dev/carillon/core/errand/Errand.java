package dev.carillon.core.errand;

import dev.carillon.core.kernel.ErrandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody wants done on a platform.
 *
 * @param generation raised by every claim; who holds an older one has lost the row
 * @param tries how often it was claimed
 * @param failure why the last try came to nothing; in one that has ended, why it was given up
 */
public record Errand(
        ErrandId id,
        Tenant tenant,
        PublicationId publication,
        ErrandKind kind,
        long generation,
        int tries,
        @Nullable Failure failure,
        boolean ended) {}
