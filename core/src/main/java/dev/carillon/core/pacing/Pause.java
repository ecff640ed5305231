package dev.carillon.core.pacing;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import java.time.Instant;

/**
 * Nothing is to be published for a while.
 *
 * @param scope for whom: the account, or those who share its identity, app or host
 * @param until business time
 */
public record Pause(PauseScope scope, AccountId account, Instant until) {}
