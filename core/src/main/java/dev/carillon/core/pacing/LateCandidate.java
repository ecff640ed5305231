package dev.carillon.core.pacing;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A claimed publication whose time has passed, and of which nothing was sent.
 *
 * @param since when it should have gone out
 * @param rule that holds for it
 */
record LateCandidate(
        PublicationId publication, Tenant tenant, AccountId account, Platform platform, Instant since, LateRule rule) {
    /** As whoever has the account's window for late posts, which nothing else is taken from. */
    Candidate ofLateWindow() {
        var owner = UUID.nameUUIDFromBytes(("late posts of " + account).getBytes(StandardCharsets.UTF_8));
        return new Candidate(publication, tenant, account, platform, owner, owner, "", false);
    }

    Instant graceEnds() {
        return since.plus(rule.grace());
    }
}
