package dev.carillon.core.publication;

import dev.carillon.core.platform.Doubt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an absence is worth.
 *
 * @param callsAreOver whether, when the platform was asked, no attempt could write to it any more, and the grace had passed since
 * @param sinceMark database time since the first mark of which the outcome is in doubt; null when there is none
 * @param repeatableFor how long after that mark a repetition is still sure to be recognised; null for good
 */
public record Evidence(
        Doubt doubt,
        boolean callsAreOver,
        @Nullable Duration sinceMark,
        @Nullable Duration repeatableFor) {

    /** Whether it may be sent again: there is nothing, or the platform would take the repetition for the same post. */
    boolean absenceFrees() {
        return switch (doubt) {
            case OWN_IDEMPOTENCY -> isRecognised();
            case EXACT_LOOK_UP -> callsAreOver;
            case HEURISTIC_LOOK_UP, NOT_ANSWERABLE -> false;
        };
    }

    /** Whether the same answer would be a proof a little later. */
    boolean isEarly() {
        return doubt == Doubt.EXACT_LOOK_UP && !callsAreOver;
    }

    private boolean isRecognised() {
        return repeatableFor == null || (sinceMark != null && sinceMark.compareTo(repeatableFor) < 0);
    }
}
