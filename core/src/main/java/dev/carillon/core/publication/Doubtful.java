package dev.carillon.core.publication;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.PlatformConnector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A publication whose outcome is to be asked for, leased to this process.
 *
 * @param host what its account shares trouble with
 * @param callsAreOver whether no attempt can write to the platform any more, and the grace has passed since
 * @param sinceMark database time since the first mark of which the outcome is in doubt; null when there is none
 */
public record Doubtful(
        Publication publication,
        ConnectedAccount account,
        String host,
        boolean callsAreOver,
        @Nullable Duration sinceMark) {

    /** What it would mean if this room now found nothing. */
    public Evidence evidence(PlatformConnector room, PublishingConfig config) {
        var platform = account.platform();
        var doubt = room.doubt(platform);
        if (doubt != Doubt.OWN_IDEMPOTENCY) {
            return new Evidence(doubt, callsAreOver, sinceMark, null);
        }
        // The repetition has to arrive while it is recognised, and it may take as long as a call may.
        var needed = room.callTime(platform).orElse(config.callDeadline()).plus(config.absenceGrace());
        return new Evidence(
                doubt,
                callsAreOver,
                sinceMark,
                room.recognisesRepetitionsFor(platform)
                        .map(time -> time.minus(needed))
                        .orElse(null));
    }
}
