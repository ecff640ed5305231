package dev.carillon.billing;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How usage is reported to Stripe.
 *
 * @param key the secret API key; if empty, nothing is reported and usage waits
 * @param apiBase the base URL of Stripe's API
 * @param meterPrefix prepended to our meter's name to form the event name of Stripe's meter, for example
 *     {@code carillon_publications}
 * @param reportEvery how often to look for waiting usage
 * @param timeout for connecting, and for the answer
 */
@ConfigurationProperties("carillon.stripe")
public record StripeConfig(
        @Bindable(defaultValue = "") String key,
        @Bindable(defaultValue = "https://api.stripe.com") String apiBase,
        @Bindable(defaultValue = "carillon_") String meterPrefix,
        @Bindable(defaultValue = "30s") Duration reportEvery,
        @Bindable(defaultValue = "20s") Duration timeout) {

    boolean isSet() {
        return !key.isBlank();
    }

    @Override
    public String toString() {
        return "StripeConfig[apiBase=%s, set=%s]".formatted(apiBase, isSet());
    }
}
