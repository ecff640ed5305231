package dev.carillon.core.pacing;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A claimed publication whose time has passed and of which nothing was sent.
 *
 * @param since when it should have been published
 * @param rule the misfire policy that applies to it
 */
record LateCandidate(
        PublicationId publication, Tenant tenant, AccountId account, Platform platform, Instant since, LateRule rule) {
    /** As a candidate for the account's window of late posts, which counts nothing else. */
    Candidate ofLateWindow() {
        var owner = UUID.nameUUIDFromBytes(("late posts of " + account).getBytes(StandardCharsets.UTF_8));
        return new Candidate(publication, tenant, account, platform, owner, owner, "", false);
    }

    Instant graceEnds() {
        return since.plus(rule.grace());
    }
}
