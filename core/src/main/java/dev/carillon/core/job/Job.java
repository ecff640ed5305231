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
 * @param claimedAt database time of its newest claim; null if it was never claimed, and for jobs other than publishing
 * @param leaseUntil database time until which one process holds it; null while it waits
 * @param attempts number of attempts so far
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

    /** The kind of work. */
    public enum Kind {
        PUBLISH,
        /** Asks the platform about an unknown outcome. */
        SETTLE,
        /** Asks the platform about a post that it is still processing. */
        POLL,
        /** Asks the platform now, at a caller's request. */
        RECONCILE,
        /** Deletes the post on the platform. */
        DELETE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind named(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** The progress of a job. */
    public enum Status {
        /** No worker has it: it is due, or its last worker is gone. */
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
