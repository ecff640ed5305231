package dev.carillon.core.pacing;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import java.time.Instant;

/**
 * Stops publishing for a while.
 *
 * @param scope what is stopped: the account, or all accounts that share its identity, app or host
 * @param until business time
 */
public record Pause(PauseScope scope, AccountId account, Instant until) {}
