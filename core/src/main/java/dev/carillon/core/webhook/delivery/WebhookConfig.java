package dev.carillon.core.webhook.delivery;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How deliveries are attempted and retried.
 *
 * @param timeout within which an endpoint has to answer
 * @param retries the waits before the second, third, … attempt; when they are used up, the delivery has failed
 * @param jitter the maximum random extension of a wait, as a share of it, so that many retries do not fall on one
 *     moment
 * @param replyExcerptBytes how much of an answer is read and stored
 */
@ConfigurationProperties("carillon.webhooks")
public record WebhookConfig(
        @Bindable(defaultValue = "15s") Duration timeout,

        @Bindable(defaultValue = "5s,5m,30m,2h,5h,10h,14h,20h,24h")
        List<Duration> retries,

        @Bindable(defaultValue = "0.1") double jitter,
        @Bindable(defaultValue = "4KB") @ReadableBytes int replyExcerptBytes) {
    public WebhookConfig {
        retries = List.copyOf(retries);
    }

    /** Whether another attempt follows a failed one at this place in the schedule. */
    boolean retriesAfter(int place) {
        return place <= retries.size();
    }

    /** The wait before the attempt that follows. */
    Duration waitAfter(int place) {
        var wait = retries.get(place - 1);
        long spread = (long) (wait.toNanos() * jitter);
        return spread > 0 ? wait.plusNanos(ThreadLocalRandom.current().nextLong(spread)) : wait;
    }
}
