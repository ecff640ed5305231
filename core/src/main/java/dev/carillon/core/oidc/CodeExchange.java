package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;

/** Exchanges the code that the browser returned for the provider's tokens. */
@Singleton
class CodeExchange {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String WHAT = "token response";

    private final ProviderCalls calls;

    CodeExchange(ProviderCalls calls) {
        this.calls = calls;
    }

    /**
     * The tokens, including an id token that is not verified yet.
     *
     * @param verifier the PKCE verifier, whose hash was sent with the browser
     */
    OIDCTokens exchange(
            OidcProvider provider,
            ProviderDocument document,
            String code,
            URI callback,
            String verifier,
            Deadline deadline) {
        var request = request(provider, document, code, callback, verifier, deadline);
        var answer = calls.send(provider, request);
        if (!answer.ok()) {
            throw refusal(provider, answer);
        }
        return tokens(provider, answer);
    }

    private static OutboundRequest request(
            OidcProvider provider,
            ProviderDocument document,
            String code,
            URI callback,
            String verifier,
            Deadline deadline) {
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), callback, new CodeVerifier(verifier));
        var form = new LinkedHashMap<>(grant.toParameters());
        var secret = provider.secret();
        if (secret == null || document.secretInBody()) {
            form.put("client_id", List.of(provider.clientId()));
        }
        if (secret != null && document.secretInBody()) {
            form.put("client_secret", List.of(secret.getValue()));
        }
        var body = Bytes.utf8(URLUtils.serializeParameters(form));
        var request = OutboundRequest.post(Purpose.SIGN_IN, document.token().toString(), FORM, body, deadline);
        return secret == null || document.secretInBody()
                ? request
                : request.withHeader(
                        "Authorization", new ClientSecretBasic(provider.client(), secret).toHTTPAuthorizationHeader());
    }

    private OIDCTokens tokens(OidcProvider provider, Answered answer) {
        var json = calls.object(provider, WHAT, answer);
        if (!(json.get("id_token") instanceof String)) {
            throw ProviderErrors.invalid(provider, "it contains no ID token");
        }
        try {
            return OIDCTokenResponse.parse(json).getOIDCTokens();
        } catch (ParseException | RuntimeException e) {
            throw ProviderErrors.invalid(provider, "its token response is invalid");
        }
    }

    /** The provider's own error code if it gave one, such as {@code invalid_grant} for an unknown code. */
    private RuntimeException refusal(OidcProvider provider, Answered answer) {
        var json = calls.parsed(provider, WHAT, answer);
        return json.get("error") instanceof String error
                ? ProviderErrors.refused(
                        provider, error, json.get("error_description") instanceof String words ? words : "")
                : ProviderErrors.invalid(provider, "its token response has the status " + answer.status());
    }
}
