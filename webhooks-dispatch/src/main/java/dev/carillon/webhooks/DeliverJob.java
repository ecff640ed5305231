package dev.carillon.webhooks;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.jobs.lane.Claimed;
import java.util.List;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * Sends the deliveries of one claim.
 *
 * @param claims each {@code wd_… evt_… we_… generation}: plain texts, so that a job of an older version can still be read
 */
public record DeliverJob(List<String> claims) implements JobRequest {
    @Override
    public Class<DeliverHandler> getJobRequestHandler() {
        return DeliverHandler.class;
    }

    /** One delivery, and the generation at which it was claimed. */
    record Claim(WebhookDeliveryId delivery, EventId event, WebhookEndpointId endpoint, long generation) {
        static Claim of(Claimed row) {
            return new Claim(
                    new WebhookDeliveryId(row.id()),
                    new EventId(row.partition()),
                    new WebhookEndpointId(row.laneKey()),
                    row.generation());
        }

        static Claim read(String text) {
            var words = text.split(" ", 4);
            return new Claim(
                    WebhookDeliveryId.KIND.read(words[0]).orElseThrow(),
                    EventId.KIND.read(words[1]).orElseThrow(),
                    WebhookEndpointId.KIND.read(words[2]).orElseThrow(),
                    Long.parseLong(words[3]));
        }

        @Override
        public String toString() {
            return "%s %s %s %d".formatted(delivery, event, endpoint, generation);
        }
    }

    static DeliverJob of(List<Claimed> rows) {
        return new DeliverJob(rows.stream().map(Claim::of).map(Claim::toString).toList());
    }
}
