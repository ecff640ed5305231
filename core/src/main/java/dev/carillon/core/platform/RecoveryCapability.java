package dev.carillon.core.platform;

/** How a platform can resolve the unknown outcome of a post that may or may not have arrived. */
public enum RecoveryCapability {
    /**
     * The platform treats the same request, sent again, as the same post, for as long as {@link
     * PlatformConnector#recognisesRepetitionsFor} says. Repeating is therefore safe. A look-up also exists.
     */
    OWN_IDEMPOTENCY,
    /** The platform can look up exactly this post. */
    EXACT_LOOK_UP,
    /** Recent posts can be searched for one that looks the same. This never proves absence. */
    HEURISTIC_LOOK_UP,
    /** The platform cannot be asked. */
    NOT_ANSWERABLE
}
