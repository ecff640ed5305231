package dev.carillon.api.oidc;

import dev.carillon.api.http.ListResponse;
import dev.carillon.core.oidc.OidcProviderRegistry;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.stream.Stream;

/** The sign-in options for a sign-in page. */
@Controller("/v1/sign_in/providers")
@Tag(name = "sign_in")
class SignInProviderController {
    private final OidcProviderRegistry providers;

    SignInProviderController(OidcProviderRegistry providers) {
        this.providers = providers;
    }

    /**
     * List the ways to sign in. Returns the providers in the operator's order, then the emailed link. One page has all of them. Needs no
     * key.
     */
    @Get
    ListResponse<SignInProviderResponse> listSignInProviders() {
        var byProvider = providers.all().stream().map(SignInProviderResponse::of);
        return ListResponse.whole(Stream.concat(byProvider, Stream.of(SignInProviderResponse.BY_MAIL))
                .toList());
    }
}
