package dev.carillon.core.oidc;

import static dev.carillon.core.kernel.ErrorCode.SIGN_IN_NOT_UNDER_WAY;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.oidc.OidcSignInQueries.Begun;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.user.VerifiedIdentity;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in with a provider, using an authorization code, PKCE, a single-use state and a nonce. It only
 * establishes the person's identity; other classes find the user and open the session.
 */
@Singleton
public class OidcSignIn {
    /** How long a person may take at the provider. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int LONGEST_CODE = 4096;

    private final ProviderDocumentCache documents;
    private final CodeExchange codes;
    private final IdTokens idTokens;
    private final Profiles profiles;
    private final OidcConfig config;
    private final Transactions transactions;
    private final OidcSignInQueries queries;

    OidcSignIn(
            ProviderDocumentCache documents,
            CodeExchange codes,
            IdTokens idTokens,
            Profiles profiles,
            OidcConfig config,
            Transactions transactions,
            OidcSignInQueries queries) {
        this.documents = documents;
        this.codes = codes;
        this.idTokens = idTokens;
        this.profiles = profiles;
        this.config = config;
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * A person whom a provider has identified.
     *
     * @param returnTo the path that they wanted to open; null for none
     */
    public record CompletedSignIn(
            VerifiedIdentity identity, @Nullable String returnTo) {}

    /**
     * Starts a sign-in, which expires after {@link #LIFETIME}.
     *
     * @param browser the secret that the browser keeps; one browser may have several sign-ins in progress
     * @param callback the address to which the provider redirects
     * @return the address to which the browser is sent now
     * @throws dev.carillon.core.kernel.ApiException {@code identity_provider_unreachable} or
     *     {@code identity_provider_reply_invalid}
     */
    public URI begin(OidcProvider provider, SecretToken browser, URI callback, @Nullable String returnTo) {
        var document = documents.of(provider);
        var secrets = new SignInSecrets(browser, SecretToken.random());
        transactions.withoutWorkspace(() -> {
            queries.begin(secrets, provider.id(), returnTo, LIFETIME);
            return secrets;
        });
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, Scope.parse(provider.scopes()), provider.client(), callback)
                .endpointURI(document.authorization())
                .state(new State(secrets.state().text()))
                .nonce(new Nonce(secrets.nonce()))
                .responseMode(
                        provider.answers() == AnswerMode.QUERY
                                ? null
                                : provider.answers().asResponseMode())
                .codeChallenge(new CodeVerifier(secrets.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * Ends a sign-in, whether it succeeds or fails: a second answer with the same state is refused.
     *
     * @param browser null if the browser sent no secret
     * @param callback the same as at the start
     * @throws dev.carillon.core.kernel.ApiException {@code sign_in_not_under_way} for a state that was used, has expired, or
     *     is another browser's; {@code sign_in_refused} if the provider refuses, {@code sign_in_not_allowed} if our
     *     rules do, and those of {@link #begin}
     */
    public CompletedSignIn end(
            OidcProvider provider, @Nullable SecretToken browser, CallbackAnswer answer, URI callback) {
        var state =
                answer.state() == null ? null : SecretToken.read(answer.state()).orElse(null);
        if (browser == null || state == null) {
            throw notUnderWay();
        }
        var secrets = new SignInSecrets(browser, state);
        var begun = transactions
                .withoutWorkspace(() -> queries.end(secrets, provider.id()))
                .filter(Begun::inTime)
                .orElseThrow(OidcSignIn::notUnderWay);
        return new CompletedSignIn(identity(provider, secrets, answer, callback), begun.returnTo());
    }

    private VerifiedIdentity identity(
            OidcProvider provider, SignInSecrets secrets, CallbackAnswer answer, URI callback) {
        var deadline = Deadline.in(config.timeout());
        var document = documents.of(provider);
        checkIssuer(provider, document, answer);
        var code = code(provider, answer);
        var tokens = codes.exchange(provider, document, code, callback, secrets.verifier(), deadline);
        var claims = idTokens.check(provider, document, tokens.getIDToken(), secrets.nonce());
        return profiles.identity(provider, document, claims, tokens.getBearerAccessToken(), deadline);
    }

    /** Detects another provider's answer that was redirected here (RFC 9207, 2.4). */
    private static void checkIssuer(OidcProvider provider, ProviderDocument document, CallbackAnswer answer) {
        var says = answer.issuer();
        boolean wrong = says == null ? document.namesItself() : !says.equals(provider.issuer());
        if (wrong) {
            throw ProviderErrors.invalid(provider, "it does not name the issuer " + provider.issuer());
        }
    }

    private static String code(OidcProvider provider, CallbackAnswer answer) {
        if (answer.error() != null) {
            throw ProviderErrors.refused(
                    provider,
                    answer.error(),
                    Optional.ofNullable(answer.errorDescription()).orElse(""));
        }
        return Optional.ofNullable(answer.code())
                .filter(code -> !code.isBlank() && code.length() <= LONGEST_CODE)
                .orElseThrow(() -> ProviderErrors.invalid(provider, "it contains neither a code nor an error"));
    }

    private static RuntimeException notUnderWay() {
        return SIGN_IN_NOT_UNDER_WAY.because(
                "This browser has no open sign-in for this answer: it took over %d minutes, was already completed, or began elsewhere. Start again."
                        .formatted(LIFETIME.toMinutes()));
    }
}
