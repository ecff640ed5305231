package dev.carillon.core.job;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A publication that is being worked on, or is due.
 *
 * @param dueAt business time
 * @param claimedAt database time of its newest claim; null when it was never claimed
 * @param leaseUntil database time until which it is one process's own; null while it waits
 * @param attempts marks so far
 */
public record Job(
        PublicationId publication,
        PostId post,
        AccountId account,
        Kind kind,
        Status status,
        Instant dueAt,
        @Nullable Instant claimedAt,
        @Nullable Instant leaseUntil,
        int attempts) {

    /** What is done. */
    public enum Kind {
        PUBLISH,
        /** The platform is asked about an outcome in doubt. */
        SETTLE,
        /** The platform is asked about a post that it is still working on. */
        POLL;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind named(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** How far it is. */
    public enum Status {
        /** Nobody has it: it is due, or whoever had it is gone. */
        WAITING,
        /** A worker has it and has sent nothing yet. */
        CLAIMED,
        /** The platform is being called. */
        RUNNING;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status named(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
