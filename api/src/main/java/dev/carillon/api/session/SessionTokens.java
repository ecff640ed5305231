package dev.carillon.api.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.sealing.InstallationKeys;
import dev.carillon.core.session.SessionConfig;
import dev.carillon.core.session.SignedIn;
import io.micronaut.security.token.jwt.signature.secret.SecretSignature;
import io.micronaut.security.token.jwt.signature.secret.SecretSignatureConfiguration;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Short JWTs that name a session. All API processes sign and verify them with one key, which the installation stores sealed.
 */
@Singleton
final class SessionTokens {
    private static final String ISSUER = "carillon";
    private static final String SESSION = "sid";
    private static final int LONGEST = 1_000;

    private final InstallationKeys keys;
    private final SessionConfig config;
    private final Clocks clocks;
    private volatile @Nullable SecretSignature signature;

    SessionTokens(InstallationKeys keys, SessionConfig config, Clocks clocks) {
        this.keys = keys;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * The content of a token.
     *
     * @param old whether the token should be replaced; the session is active or not regardless of the token's expiry
     */
    record Token(SessionId session, boolean old) {}

    String issue(SignedIn signedIn) {
        var now = clocks.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(signedIn.user().id().toString())
                .claim(SESSION, signedIn.session().id().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(config.token())))
                .build();
        try {
            return signature().sign(claims).serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the session token could not be signed", e);
        }
    }

    /** Empty if the token is not ours. */
    Optional<Token> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(text);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !signature().verify(jwt)) {
                return Optional.empty();
            }
            return read(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            // Whatever is wrong with it, it is not ours.
            return Optional.empty();
        }
    }

    private Optional<Token> read(JWTClaimsSet claims) throws ParseException {
        var session = claims.getStringClaim(SESSION);
        var expires = claims.getExpirationTime();
        if (session == null || expires == null || !ISSUER.equals(claims.getIssuer())) {
            return Optional.empty();
        }
        Instant end = expires.toInstant();
        boolean old = clocks.now().isAfter(end.minus(config.token().dividedBy(2)));
        return SessionId.KIND.read(session).map(id -> new Token(id, old));
    }

    private SecretSignature signature() {
        var known = signature;
        if (known == null) {
            var configuration = new SecretSignatureConfiguration("session");
            configuration.setJwsAlgorithm(JWSAlgorithm.HS256);
            configuration.setBase64(true);
            configuration.setSecret(Base64.getEncoder().encodeToString(keys.of("session tokens")));
            known = new SecretSignature(configuration);
            signature = known;
        }
        return known;
    }
}
