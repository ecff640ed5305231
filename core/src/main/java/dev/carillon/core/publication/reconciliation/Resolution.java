package dev.carillon.core.publication.reconciliation;

import org.jspecify.annotations.Nullable;

/** What a caller who looked reports about a publication with an unknown outcome. */
public sealed interface Resolution {
    /** It is published; with its link and the platform's id, if known. */
    record Published(@Nullable String permalink, @Nullable String platformPostId) implements Resolution {}

    /** It is not on the platform. */
    record NotPublished(Then then) implements Resolution {}

    /** What happens to a publication that was not published. */
    enum Then {
        RETRY,
        FAIL
    }
}
