package dev.carillon.core.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Checks id tokens (OpenID Connect Core 1.0, 3.1.3.7): signature, issuer, audience, authorized party, times, nonce. */
@Singleton
class IdTokens {
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,253}[\\x21-\\x7e])?");

    private final ProviderDocumentCache documents;
    private final OidcConfig config;

    IdTokens(ProviderDocumentCache documents, OidcConfig config) {
        this.documents = documents;
        this.config = config;
    }

    /** The claims of a valid token: issued by this provider, for us, in the sign-in with this nonce. */
    IDTokenClaimsSet check(OidcProvider provider, ProviderDocument document, JWT token, String nonce) {
        if (!(token instanceof SignedJWT signed)) {
            throw ProviderErrors.invalid(provider, "its ID token is not signed");
        }
        if (!document.algorithms().contains(signed.getHeader().getAlgorithm())) {
            throw ProviderErrors.invalid(provider, "its ID token is signed with an algorithm that is not accepted");
        }
        var keys = documents.keysFor(provider, document, signed.getHeader());
        var selector =
                new JWSVerificationKeySelector<SecurityContext>(document.algorithms(), new ImmutableJWKSet<>(keys));
        var validator = new IDTokenValidator(provider.asIssuer(), provider.client(), selector, null);
        validator.setMaxClockSkew((int) config.clockSkew().toSeconds());
        var claims = validated(provider, validator, signed, nonce);
        checkParty(provider, claims);
        checkSubject(provider, claims);
        return claims;
    }

    private static IDTokenClaimsSet validated(
            OidcProvider provider, IDTokenValidator validator, SignedJWT token, String nonce) {
        try {
            return validator.validate(token, new Nonce(nonce));
        } catch (BadJOSEException | JOSEException | RuntimeException e) {
            throw ProviderErrors.invalid(provider, "its ID token was not accepted (%s)".formatted(e.getMessage()));
        }
    }

    /** The library does not check the authorized party. */
    private static void checkParty(OidcProvider provider, IDTokenClaimsSet claims) {
        var party = claims.getStringClaim("azp");
        boolean wrong = party == null ? claims.getAudience().size() > 1 : !party.equals(provider.clientId());
        if (wrong) {
            throw ProviderErrors.invalid(provider, "its ID token is not for this service alone");
        }
    }

    /** ASCII of limited length (OpenID Connect Core 1.0, section 2). */
    private static void checkSubject(OidcProvider provider, IDTokenClaimsSet claims) {
        var subject = claims.getStringClaim("sub");
        if (subject == null || !SUBJECT.matcher(subject).matches()) {
            throw ProviderErrors.invalid(provider, "its ID token has no valid subject");
        }
    }
}
