package dev.carillon.core.webhook;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How deliveries are tried and tried again.
 *
 * @param timeout within which an endpoint has to answer
 * @param retries what to wait before the second, third, … try; when they are used up the delivery has failed
 * @param jitter how much longer a wait may become at random, as a share of it, so that many retries do not fall on one moment
 * @param keptReplyBytes how much of an answer is read and kept
 */
@ConfigurationProperties("carillon.webhooks")
public record WebhookConfig(
        @Bindable(defaultValue = "15s") Duration timeout,

        @Bindable(defaultValue = "5s,5m,30m,2h,5h,10h,14h,20h,24h")
        List<Duration> retries,

        @Bindable(defaultValue = "0.1") double jitter,
        @Bindable(defaultValue = "4KB") @ReadableBytes int keptReplyBytes) {
    public WebhookConfig {
        retries = List.copyOf(retries);
    }

    /** Whether another try follows the one at this place of the schedule, which failed. */
    boolean triesAgainAfter(int place) {
        return place <= retries.size();
    }

    /** The wait before the try that follows. */
    Duration waitAfter(int place) {
        var wait = retries.get(place - 1);
        long spread = (long) (wait.toNanos() * jitter);
        return spread > 0 ? wait.plusNanos(ThreadLocalRandom.current().nextLong(spread)) : wait;
    }
}
