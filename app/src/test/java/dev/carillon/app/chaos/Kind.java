package dev.carillon.app.chaos;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RecoveryCapability;

/** A kind of platform, by its recovery capability, and the platform that is simulated for it. */
enum Kind {
    OWN_IDEMPOTENCY(Platform.MASTODON, RecoveryCapability.OWN_IDEMPOTENCY),
    EXACT_LOOK_UP(Platform.WORDPRESS, RecoveryCapability.EXACT_LOOK_UP),
    HEURISTIC_LOOK_UP(Platform.X, RecoveryCapability.HEURISTIC_LOOK_UP),
    NO_LOOK_UP(Platform.TELEGRAM, RecoveryCapability.NOT_ANSWERABLE);

    private final Platform platform;
    private final RecoveryCapability capability;

    Kind(Platform platform, RecoveryCapability capability) {
        this.platform = platform;
        this.capability = capability;
    }

    Platform platform() {
        return platform;
    }

    RecoveryCapability capability() {
        return capability;
    }

    /** Whether a publication may end as unknown: only if the platform cannot prove absence. */
    boolean mayStayUnknown() {
        return capability == RecoveryCapability.HEURISTIC_LOOK_UP || capability == RecoveryCapability.NOT_ANSWERABLE;
    }

    String title() {
        return switch (this) {
            case OWN_IDEMPOTENCY -> "own idempotency";
            case EXACT_LOOK_UP -> "exact lookup";
            case HEURISTIC_LOOK_UP -> "heuristic lookup";
            case NO_LOOK_UP -> "none";
        };
    }
}
