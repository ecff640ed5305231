package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.VerifiedIdentity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person's identity from the id token and, if that contains no e-mail address, from the provider's userinfo
 * endpoint.
 */
@Singleton
class Profiles {
    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";
    private static final String SUBJECT = "sub";

    private final ProviderCalls calls;

    Profiles(ProviderCalls calls) {
        this.calls = calls;
    }

    /** The identity, if the operator's rules for the provider admit the person. */
    VerifiedIdentity identity(
            OidcProvider provider,
            ProviderDocument document,
            IDTokenClaimsSet idToken,
            @Nullable AccessToken access,
            Deadline deadline) {
        var subject = idToken.getSubject().getValue();
        var claims = new HashMap<String, Object>(idToken.toJSONObject());
        if (text(claims, EMAIL) == null && document.userInfo() != null && access != null) {
            // The signed claims take precedence, but an address and its verification must come from the same source.
            claims.remove(EMAIL);
            claims.remove(EMAIL_VERIFIED);
            asked(provider, document, subject, access, deadline).forEach(claims::putIfAbsent);
        }
        var written = text(claims, EMAIL);
        var email = written == null ? null : EmailAddress.read(written).orElse(null);
        boolean verified = email != null && isTrue(claims.get(EMAIL_VERIFIED));
        provider.admission().check(provider, email, verified, claims);
        return new VerifiedIdentity(provider.issuer(), subject, email, verified, text(claims, "name"));
    }

    private Map<String, Object> asked(
            OidcProvider provider, ProviderDocument document, String subject, AccessToken access, Deadline deadline) {
        var request = OutboundRequest.get(Purpose.SIGN_IN, String.valueOf(document.userInfo()), deadline)
                .withHeader("Authorization", access.toAuthorizationHeader());
        var answer = calls.object(provider, "userinfo", calls.send(provider, request));
        if (!subject.equals(answer.get(SUBJECT))) {
            throw ProviderErrors.invalid(provider, "its userinfo is about a different subject");
        }
        return answer;
    }

    private static @Nullable String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() && isClean(text) ? text.strip() : null;
    }

    /** Whether it can be stored and shown: no control characters and no unpaired surrogates. */
    private static boolean isClean(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Some providers send booleans as strings. */
    private static boolean isTrue(@Nullable Object claim) {
        return Boolean.TRUE.equals(claim) || "true".equals(claim);
    }
}
