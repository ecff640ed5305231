package dev.carillon.core.oidc;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * Sign-in by OpenID providers.
 *
 * @param providers names of those that people may sign in with, in the order of a sign-in page; what else is said of each stands under
 *     {@code carillon.oidc.<name>}
 * @param timeout within which a provider has to answer, all calls of one step together
 * @param keep how long its discovery document and its keys are believed; an unknown key has them read at once
 * @param clockSkew how far its clock may be off
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
