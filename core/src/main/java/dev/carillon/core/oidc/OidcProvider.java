package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in provider, as the operator configured it.
 *
 * @param id used in paths, for example {@code google}
 * @param name for people
 * @param issuer exactly as the provider writes it
 * @param clientSecret null for a public client, which relies on PKCE alone
 * @param scopes the requested scopes, including {@code openid}
 * @param answers how the browser returns the answer
 */
public record OidcProvider(
        String id,
        String name,
        String issuer,
        String clientId,
        @Nullable String clientSecret,
        List<String> scopes,
        AnswerMode answers,
        AdmissionRules admission) {
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    public OidcProvider {
        scopes = List.copyOf(scopes);
    }

    /** The address of its discovery document (OpenID Connect Discovery 1.0, section 4). */
    URI discovery() {
        return URI.create(issuer.replaceFirst("/$", "") + WELL_KNOWN);
    }

    /** Whether all calls use TLS; a provider within the operator's own network may do without. */
    boolean isSecure() {
        return issuer.startsWith("https://");
    }

    Issuer asIssuer() {
        return new Issuer(issuer);
    }

    ClientID client() {
        return new ClientID(clientId);
    }

    @Nullable
    Secret secret() {
        return clientSecret == null ? null : new Secret(clientSecret);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "OidcProvider[%s, %s]".formatted(id, issuer);
    }
}
