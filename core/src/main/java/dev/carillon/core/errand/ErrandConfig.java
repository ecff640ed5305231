package dev.carillon.core.errand;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How errands are run and waited for.
 *
 * @param patience how long a request waits for an errand before it answers how things stand
 * @param waiting requests of one process that wait at the same time; those beyond answer at once
 * @param retries what to wait before the second, third, … try; when they are used up the errand is given up
 */
@ConfigurationProperties("carillon.errands")
public record ErrandConfig(
        @Bindable(defaultValue = "8s") Duration patience,
        @Bindable(defaultValue = "200") int waiting,
        @Bindable(defaultValue = "1s,5s,30s,2m,10m,1h") List<Duration> retries) {
    public ErrandConfig {
        retries = List.copyOf(retries);
    }
}
