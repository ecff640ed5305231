package dev.carillon.core.platform;

/** What a platform can do about a post that may or may not have arrived. */
public enum Doubt {
    /**
     * The same request again is one post, as long as {@link PlatformConnector#recognisesRepetitionsFor} says: repeating is safe, and a
     * look-up exists beside it.
     */
    OWN_IDEMPOTENCY,
    /** It can be asked for exactly this post. */
    EXACT_LOOK_UP,
    /** Recent posts can be searched for one that looks the same; that never proves absence. */
    HEURISTIC_LOOK_UP,
    /** It cannot be asked. */
    NOT_ANSWERABLE
}
