package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublishingConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A publication whose outcome the platform is to be asked for, leased to this process.
 *
 * @param host the host of its account, whose accounts share outages
 * @param callsAreOver whether no attempt can write to the platform any more and the grace has passed since
 * @param sinceStart database time since the first start whose outcome is unknown; null if there is none
 */
public record UnresolvedPublication(
        Publication publication,
        ConnectedAccount account,
        String host,
        boolean callsAreOver,
        @Nullable Duration sinceStart) {

    /** What it would prove if this connector now found nothing. */
    public Evidence evidence(PlatformConnector connector, PublishingConfig config) {
        var platform = account.platform();
        var capability = connector.recoveryCapability(platform);
        if (capability != RecoveryCapability.OWN_IDEMPOTENCY) {
            return new Evidence(capability, callsAreOver, sinceStart, null);
        }
        // The repetition has to arrive while the platform recognises it, and it may take as long as any call.
        var needed = connector.callTime(platform).orElse(config.callDeadline()).plus(config.absenceGrace());
        return new Evidence(
                capability,
                callsAreOver,
                sinceStart,
                connector
                        .recognisesRepetitionsFor(platform)
                        .map(time -> time.minus(needed))
                        .orElse(null));
    }
}
