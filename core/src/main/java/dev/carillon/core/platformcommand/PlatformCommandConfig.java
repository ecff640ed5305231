package dev.carillon.core.platformcommand;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How platform commands are run and waited for.
 *
 * @param maxWait how long a request waits for a command before it answers with the current state
 * @param waiting how many requests of one process wait at the same time; further ones answer at once
 * @param retries waits before the second, third, … attempt; when they are used up, the command is given up
 */
@ConfigurationProperties("carillon.platform-commands")
public record PlatformCommandConfig(
        @Bindable(defaultValue = "8s") Duration maxWait,
        @Bindable(defaultValue = "200") int waiting,
        @Bindable(defaultValue = "1s,5s,30s,2m,10m,1h") List<Duration> retries) {
    public PlatformCommandConfig {
        retries = List.copyOf(retries);
    }
}
