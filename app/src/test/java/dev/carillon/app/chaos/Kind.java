package dev.carillon.app.chaos;

import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.Platform;

/** A kind of platform, by what it can do about doubt, and one that is simulated for it. */
enum Kind {
    OWN_IDEMPOTENCY(Platform.MASTODON, Doubt.OWN_IDEMPOTENCY),
    EXACT_LOOK_UP(Platform.WORDPRESS, Doubt.EXACT_LOOK_UP),
    HEURISTIC_LOOK_UP(Platform.X, Doubt.HEURISTIC_LOOK_UP),
    NO_LOOK_UP(Platform.TELEGRAM, Doubt.NOT_ANSWERABLE);

    private final Platform platform;
    private final Doubt doubt;

    Kind(Platform platform, Doubt doubt) {
        this.platform = platform;
        this.doubt = doubt;
    }

    Platform platform() {
        return platform;
    }

    Doubt doubt() {
        return doubt;
    }

    /** Whether a publication may end as unknown: only where the platform cannot say for certain that there is nothing. */
    boolean mayStayUnknown() {
        return doubt == Doubt.HEURISTIC_LOOK_UP || doubt == Doubt.NOT_ANSWERABLE;
    }

    String title() {
        return switch (this) {
            case OWN_IDEMPOTENCY -> "own idempotency";
            case EXACT_LOOK_UP -> "exact look-up";
            case HEURISTIC_LOOK_UP -> "heuristic look-up";
            case NO_LOOK_UP -> "none";
        };
    }
}
