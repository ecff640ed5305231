package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.platform.RecoveryCapability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What it proves when a look-up finds no post.
 *
 * @param callsAreOver whether, when the platform was asked, no attempt could write to it any more and the grace had
 *     passed since
 * @param sinceStart database time since the first start whose outcome is unknown; null if there is none
 * @param repeatableFor how long after that start a repetition is certain to be recognised; null if forever
 */
public record Evidence(
        RecoveryCapability capability,
        boolean callsAreOver,
        @Nullable Duration sinceStart,
        @Nullable Duration repeatableFor) {

    /**
     * Whether the publication may be sent again: the post does not exist, or the platform would treat the repetition as
     * the same post.
     */
    public boolean absenceFrees() {
        return switch (capability) {
            case OWN_IDEMPOTENCY -> isRecognised();
            case EXACT_LOOK_UP -> callsAreOver;
            case HEURISTIC_LOOK_UP, NOT_ANSWERABLE -> false;
        };
    }

    /** Whether the same answer would be proof a little later. */
    public boolean isEarly() {
        return capability == RecoveryCapability.EXACT_LOOK_UP && !callsAreOver;
    }

    private boolean isRecognised() {
        return repeatableFor == null || (sinceStart != null && sinceStart.compareTo(repeatableFor) < 0);
    }
}
