package dev.carillon.webhooks;

import dev.carillon.core.webhook.DeliveryAttemptService;
import dev.carillon.core.webhook.DeliveryStatus;
import dev.carillon.core.webhook.EndedDeliveryAttempt;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Records delivery attempts in groups. A receiver's answer must not be lost: while the database is unavailable,
 * recording is repeated until the lease must have expired, and only then does the receiver get a duplicate.
 */
@Singleton
class DeliveryAttemptRecorder {
    private static final int WRITERS = 2;
    private static final int MOST_AT_ONCE = 200;

    private final DispatchConfig dispatch;
    private final GroupCommit<EndedDeliveryAttempt, Optional<DeliveryStatus>> groups;

    DeliveryAttemptRecorder(DeliveryAttemptService deliveries, DispatchConfig dispatch) {
        this.dispatch = dispatch;
        this.groups = new GroupCommit<>("delivery attempt recorder", WRITERS, MOST_AT_ONCE, ended -> {
            var recorded = deliveries.record(ended);
            return ended.stream()
                    .map(one -> Optional.ofNullable(recorded.get(one.delivery().claim())))
                    .toList();
        });
    }

    /**
     * Records an attempt and waits until it is committed.
     *
     * @return the delivery's new status; empty if another claim has taken it
     * @throws RuntimeException if it could not be recorded; the lease then expires, and the delivery is sent again
     */
    Optional<DeliveryStatus> record(EndedDeliveryAttempt ended) {
        return groups.get(ended, dispatch.lease());
    }

    @PreDestroy
    void close() {
        groups.close();
    }
}
