package dev.carillon.api.oidc;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.oidc.OidcProvider;

/**
 * One way to sign in, for a page that offers them.
 *
 * @param id the provider's name in the configuration, or {@code email}
 * @param object always {@code sign_in_provider}
 * @param kind {@code oidc}: send the browser to {@code start_url}, optionally with {@code return_to}, and it comes back signed in; {@code
 *     email}: post the email address to {@code start_url}
 * @param name a display name
 * @param startUrl a path of this server
 */
@Wire
record SignInProviderResponse(String id, String object, String kind, String name, String startUrl) {
    private static final String OBJECT = "sign_in_provider";
    static final SignInProviderResponse BY_MAIL =
            new SignInProviderResponse("email", OBJECT, "email", "E-mail", "/v1/sign_in/email");

    static SignInProviderResponse of(OidcProvider provider) {
        var start = "/v1/sign_in/oidc/%s/start".formatted(provider.id());
        return new SignInProviderResponse(provider.id(), OBJECT, "oidc", provider.name(), start);
    }
}
