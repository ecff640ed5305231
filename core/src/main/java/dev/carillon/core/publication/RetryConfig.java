package dev.carillon.core.publication;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.FailureClass;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Waits before the second, third, … attempt, by the class of the last failure. When its list is used up, the
 * publication has failed. All failures of a publication are counted together.
 *
 * @param network waits after nothing could be sent or no answer came
 * @param platform waits after the platform was reached but could not accept the post
 * @param media waits after the media could not be fetched
 * @param ours waits after a process died or failed during the attempt; a long list, because a restart is not the post's
 *     fault
 * @param jitter how much longer a wait may become, as a share of it, so that publications that failed together are not
 *     retried together
 */
@ConfigurationProperties("carillon.publishing.retries")
public record RetryConfig(
        @Bindable(defaultValue = "5s,30s,2m,10m,30m,2h") List<Duration> network,
        @Bindable(defaultValue = "10s,1m,5m,30m,2h") List<Duration> platform,
        @Bindable(defaultValue = "30s,5m,30m") List<Duration> media,

        @Bindable(defaultValue = "0s,5s,30s,2m,10m,30m,1h,2h")
        List<Duration> ours,

        @Bindable(defaultValue = "0.2") double jitter) {
    public RetryConfig {
        network = List.copyOf(network);
        platform = List.copyOf(platform);
        media = List.copyOf(media);
        ours = List.copyOf(ours);
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "carillon.publishing.retries.jitter must be between 0 and 1, not " + jitter);
        }
    }

    /**
     * The wait after a failure; empty if there is to be no further attempt. The result is the same for the same
     * arguments.
     *
     * @param failedBefore how many attempts had failed before this one
     */
    Optional<Duration> waitAfter(FailureClass failure, int failedBefore, PublicationId publication) {
        var waits =
                switch (failure) {
                    case NETWORK -> network;
                    case PLATFORM -> platform;
                    case MEDIA -> media;
                    case OURS -> ours;
                };
        return failedBefore < waits.size()
                ? Optional.of(spread(waits.get(failedBefore), failedBefore, publication))
                : Optional.empty();
    }

    private Duration spread(Duration wait, int failedBefore, PublicationId publication) {
        // The low half of an id is random. The multiplication mixes its bits, so that each attempt gets a different
        // share.
        long mixed = (publication.value().getLeastSignificantBits() + failedBefore) * 0x9E3779B97F4A7C15L;
        double share = (mixed >>> 11) * 0x1.0p-53;
        return wait.plusMillis((long) (wait.toMillis() * jitter * share));
    }
}
