package dev.carillon.core.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a provider's discovery document that we use.
 *
 * @param userInfo null if it has none
 * @param algorithms allowed signature algorithms of its id tokens, all of them asymmetric
 * @param secretInBody whether the client secret is sent in the request's body instead of a header
 * @param namesItself whether it states its issuer in its answers (RFC 9207)
 */
record ProviderDocument(
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI userInfo,
        Set<JWSAlgorithm> algorithms,
        boolean secretInBody,
        boolean namesItself) {
    // No HS...: anyone who knows the client secret could create tokens. And never none.
    private static final Set<JWSAlgorithm> KEY_PAIRS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    ProviderDocument {
        algorithms = Set.copyOf(algorithms);
    }

    /** Reads the document and checks it against the operator's settings. */
    static ProviderDocument of(OidcProvider provider, JSONObject json) {
        var metadata = parsed(provider, json);
        if (!metadata.getIssuer().equals(provider.asIssuer())) {
            throw ProviderErrors.invalid(
                    provider, "its discovery document does not name the issuer " + provider.issuer());
        }
        var algorithms = Optional.ofNullable(metadata.getIDTokenJWSAlgs()).orElseGet(List::of).stream()
                .filter(KEY_PAIRS::contains)
                .collect(Collectors.toSet());
        if (algorithms.isEmpty()) {
            throw ProviderErrors.invalid(provider, "it offers no accepted algorithm for its ID tokens");
        }
        return new ProviderDocument(
                checked(provider, "authorization_endpoint", metadata.getAuthorizationEndpointURI()),
                checked(provider, "token_endpoint", metadata.getTokenEndpointURI()),
                checked(provider, "jwks_uri", metadata.getJWKSetURI()),
                metadata.getUserInfoEndpointURI() == null
                        ? null
                        : checked(provider, "userinfo_endpoint", metadata.getUserInfoEndpointURI()),
                algorithms,
                wantsSecretInBody(metadata),
                metadata.supportsAuthorizationResponseIssuerParam());
    }

    private static OIDCProviderMetadata parsed(OidcProvider provider, JSONObject json) {
        try {
            return OIDCProviderMetadata.parse(json);
        } catch (ParseException | RuntimeException e) {
            throw ProviderErrors.invalid(provider, "its discovery document is invalid (%s)".formatted(e.getMessage()));
        }
    }

    /** If the issuer uses TLS, so must every endpoint. */
    private static URI checked(OidcProvider provider, String name, @Nullable URI url) {
        boolean fits = url != null
                && url.getHost() != null
                && Stream.of("https", provider.isSecure() ? "https" : "http").anyMatch(url.getScheme()::equals);
        if (url == null || !fits) {
            throw ProviderErrors.invalid(provider, "its discovery document has no https URL for " + name);
        }
        return url;
    }

    /** The header is the default if nothing is stated (OpenID Connect Discovery 1.0, section 3). */
    private static boolean wantsSecretInBody(OIDCProviderMetadata metadata) {
        var methods = metadata.getTokenEndpointAuthMethods();
        return methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    }
}
