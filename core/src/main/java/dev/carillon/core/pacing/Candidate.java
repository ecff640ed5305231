package dev.carillon.core.pacing;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Platform;
import java.util.UUID;

/**
 * A claimed publication that a rate limit or a host may hold back.
 *
 * @param identity the account's identity on the platform; the account itself if the identity is not known
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
