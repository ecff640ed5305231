package dev.carillon.webhooks;

import dev.carillon.core.webhook.DeliveryAttemptService;
import dev.carillon.core.webhook.DeliveryClaim;
import dev.carillon.core.webhook.DueDelivery;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the claims of chunks in groups: chunks that start at the same time share the statement. */
@Singleton
class DeliveryTaker {
    private static final int READERS = 2;
    private static final int CHUNKS_AT_ONCE = 16;

    private final GroupCommit<List<DeliveryClaim>, Map<DeliveryClaim, DueDelivery>> groups;

    DeliveryTaker(DeliveryAttemptService deliveries, DeliveryMetrics metrics, DispatchConfig dispatch) {
        this.groups = new GroupCommit<>("delivery taker", READERS, CHUNKS_AT_ONCE, chunks -> {
            var claims = chunks.stream().flatMap(Collection::stream).distinct().toList();
            var taken = new HashMap<DeliveryClaim, DueDelivery>();
            deliveries.take(claims, dispatch.lease()).forEach(delivery -> {
                taken.put(delivery.claim(), delivery);
                metrics.begun(delivery);
            });
            return chunks.stream().map(chunk -> given(chunk, taken)).toList();
        });
    }

    /**
     * If a job was rerun while its first run waited here, both have the same claims; each attempt goes to one of them.
     */
    private static Map<DeliveryClaim, DueDelivery> given(
            List<DeliveryClaim> chunk, Map<DeliveryClaim, DueDelivery> taken) {
        var given = new HashMap<DeliveryClaim, DueDelivery>();
        for (var claim : chunk) {
            var delivery = taken.remove(claim);
            if (delivery != null) {
                given.put(claim, delivery);
            }
        }
        return given;
    }

    /**
     * Takes a chunk's claims, and waits until that is done.
     *
     * @return the deliveries to send
     * @throws RuntimeException if none was taken
     */
    Map<DeliveryClaim, DueDelivery> take(List<DeliveryClaim> chunk) {
        return groups.get(chunk);
    }

    @PreDestroy
    void close() {
        groups.close();
    }
}
