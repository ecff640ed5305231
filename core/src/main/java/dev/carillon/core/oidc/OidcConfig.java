package dev.carillon.core.oidc;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * Sign-in with OpenID providers.
 *
 * @param providers names of the available providers, in the order of a sign-in page; the settings of each are under
 *     {@code carillon.oidc.<name>}
 * @param timeout for all calls to a provider in one step together
 * @param keep how long discovery documents and keys are cached; an unknown key causes the keys to be read again at once
 * @param clockSkew tolerated deviation of the provider's clock
 */
@ConfigurationProperties("carillon.oidc")
public record OidcConfig(
        @Bindable(defaultValue = "") List<String> providers,
        @Bindable(defaultValue = "10s") Duration timeout,
        @Bindable(defaultValue = "1h") Duration keep,
        @Bindable(defaultValue = "1m") Duration clockSkew) {
    public OidcConfig {
        providers = providers.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
