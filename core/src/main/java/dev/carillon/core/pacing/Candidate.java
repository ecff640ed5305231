package dev.carillon.core.pacing;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Platform;
import java.util.UUID;

/**
 * A claimed publication that something may hold back.
 *
 * @param identity whoever the account is on the platform; the account itself where that is not known
 * @param onTrial whether the breaker of its host is not closed
 */
record Candidate(
        PublicationId publication,
        Tenant tenant,
        AccountId account,
        Platform platform,
        UUID identity,
        UUID app,
        String host,
        boolean onTrial) {}
