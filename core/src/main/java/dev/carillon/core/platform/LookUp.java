package dev.carillon.core.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A platform's answer to the question whether a post exists. */
public sealed interface LookUp {
    record Found(PlatformPost post) implements LookUp {}

    /** The look-up did not find the post. Whether this proves absence depends on {@link RecoveryCapability} and on the time. */
    record Absent() implements LookUp {}

    /**
     * No attempt has stored a checkpoint. An attempt stores one before it sends anything, so nothing was ever sent,
     * whatever the platform answers.
     */
    record NeverSent() implements LookUp {}

    /**
     * The platform could not answer now; ask again later.
     *
     * @param notBefore the earliest time at which the platform wants to be asked again; null if it did not say
     */
    record NotAnswered(Failure failure, @Nullable Instant notBefore) implements LookUp {
        public NotAnswered(Failure failure) {
            this(failure, null);
        }
    }

    /** The platform has no way to answer, now or later. */
    record NotAnswerable() implements LookUp {}
}
