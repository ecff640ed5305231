package dev.carillon.core.publication;

import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PlatformTicket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of a publication, with the data of that state. Instants are business time. */
public sealed interface PublicationState {
    PublicationStatus status();

    record Draft() implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.DRAFT;
        }
    }

    record PendingApproval() implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.PENDING_APPROVAL;
        }
    }

    /** Waits for its time. */
    record Scheduled(Instant dueAt, @Nullable Failure lastFailure) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.SCHEDULED;
        }
    }

    /** Waits until a caller acts or, in a thread, until the part before it is published. */
    record Held(HoldReason reason, @Nullable Failure failure) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.HELD;
        }
    }

    record Publishing() implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.PUBLISHING;
        }
    }

    record Processing(PlatformTicket ticket, Instant askAt) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.PROCESSING;
        }
    }

    record Published(PlatformPost post, Instant at) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.PUBLISHED;
        }
    }

    record Failed(Failure failure) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.FAILED;
        }
    }

    /**
     * The post may or may not be on the platform.
     *
     * @param askAt when the platform is asked again; null if it cannot answer or will not be asked again by itself
     * @param asked how often the platform was asked since the outcome became unknown
     */
    record OutcomeUnknown(Failure failure, @Nullable Instant askAt, int asked) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.OUTCOME_UNKNOWN;
        }
    }

    /** Its time passed before publishing could start; nothing was sent. */
    record Missed(Failure failure) implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.MISSED;
        }
    }

    record Canceled() implements PublicationState {
        @Override
        public PublicationStatus status() {
            return PublicationStatus.CANCELED;
        }
    }
}
