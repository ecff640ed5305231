package dev.carillon.core.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a platform answered when it was asked whether a post exists. */
public sealed interface LookUp {
    record Found(PlatformPost post) implements LookUp {}

    /** The look-up saw none; whether that is a proof depends on {@link Doubt} and on the time. */
    record Absent() implements LookUp {}

    /** No attempt has kept a checkpoint, and whoever sends keeps one first: nothing was ever sent, whatever the platform can say. */
    record NeverSent() implements LookUp {}

    /**
     * The platform could not be asked now; ask again later.
     *
     * @param notBefore the platform's own wish when to come back; null when it has none
     */
    record NotAnswered(Failure failure, @Nullable Instant notBefore) implements LookUp {
        public NotAnswered(Failure failure) {
            this(failure, null);
        }
    }

    /** The platform has nothing that could answer, now or later. */
    record NotAnswerable() implements LookUp {}
}
