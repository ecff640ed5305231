package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that people may sign in with, as the operator's configuration has it.
 *
 * @param id stands in paths, for example {@code google}
 * @param name for people
 * @param issuer exactly as the provider writes it
 * @param clientSecret null for a client that has none and is known by PKCE alone
 * @param scopes what is asked for, {@code openid} among them
 * @param answers how the browser brings its answer
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

    /** Where it describes itself (OpenID Connect Discovery 1.0, section 4). */
    URI discovery() {
        return URI.create(issuer.replaceFirst("/$", "") + WELL_KNOWN);
    }

    /** Whether all of it goes through TLS; a provider within the operator's own network may do without. */
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
