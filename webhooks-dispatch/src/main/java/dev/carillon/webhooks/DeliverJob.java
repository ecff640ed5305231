package dev.carillon.webhooks;

import dev.carillon.core.webhook.delivery.DeliveryClaim;
import java.util.List;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * Sends the deliveries of one chunk of claims.
 *
 * @param claims each {@code wd_… evt_… we_… generation}; plain strings, so that a job of an older version can still be
 *     read
 */
public record DeliverJob(List<String> claims) implements JobRequest {
    @Override
    public Class<DeliverHandler> getJobRequestHandler() {
        return DeliverHandler.class;
    }

    public static DeliverJob of(List<DeliveryClaim> claims) {
        return new DeliverJob(claims.stream().map(DeliveryClaim::toString).toList());
    }
}
