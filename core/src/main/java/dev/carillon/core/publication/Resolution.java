package dev.carillon.core.publication;

import org.jspecify.annotations.Nullable;

/** What somebody who looked says about a publication of unknown outcome. */
public sealed interface Resolution {
    /** It is out; its link and the platform's id of it as far as they are known. */
    record Published(@Nullable String permalink, @Nullable String platformPostId) implements Resolution {}

    /** It is not there. */
    record NotPublished(Then then) implements Resolution {}

    /** What is to become of what did not come out. */
    enum Then {
        RETRY,
        FAIL
    }
}
