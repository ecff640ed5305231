package dev.carillon.api.session;

import static dev.carillon.core.kernel.ErrorCode.CSRF_TOKEN_INVALID;

import dev.carillon.api.http.PublicUrl;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.sealing.InstallationKeys;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * CSRF protection: tells requests from our own pages apart from requests that another site made a browser send, which carry the cookie too.
 */
@Singleton
public final class CsrfProtection {
    static final String HEADER = "Carillon-CSRF";
    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> OURS = Set.of("same-origin", "none");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final InstallationKeys keys;
    private final PublicUrl publicUrl;

    CsrfProtection(InstallationKeys keys, PublicUrl publicUrl) {
        this.keys = keys;
        this.publicUrl = publicUrl;
    }

    /**
     * The token required with the session's requests that change something. It is bound to the session and valid for as long
     * as it.
     */
    String tokenOf(SessionId session) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.of("csrf tokens"), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(session.toString().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Passes requests that only read, and requests that carry the session's token and come from no other origin.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code csrf_token_invalid}
     */
    void require(HttpRequest<?> request, SessionId session) {
        if (READING.contains(request.getMethodName())) {
            return;
        }
        refuseOtherOrigins(request);
        var sent = request.getHeaders().get(HEADER);
        if (sent == null) {
            throw CSRF_TOKEN_INVALID.at(
                    HEADER, "A request that changes something needs the session's csrf_token in " + HEADER + ".");
        }
        var expected = tokenOf(session).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected)) {
            throw CSRF_TOKEN_INVALID.at(
                    HEADER, "This is not the csrf_token of this session; read it again with GET /v1/session.");
        }
    }

    /**
     * The same for forms of our own pages, which cannot send a header: without the header, the browser must state that such a page sent the
     * request.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code csrf_token_invalid}
     */
    void requireOwnPage(HttpRequest<?> request, SessionId session) {
        if (request.getHeaders().get(HEADER) != null) {
            require(request, session);
            return;
        }
        refuseOtherOrigins(request);
        if (request.getHeaders().get(HttpHeaders.ORIGIN) == null
                && request.getHeaders().get(SITE) == null) {
            throw CSRF_TOKEN_INVALID.at(
                    HttpHeaders.ORIGIN,
                    HEADER + " is missing, and the browser does not say which page sent the request.");
        }
    }

    /**
     * Passes unless the browser states that a page of another origin sent the request.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code csrf_token_invalid}
     */
    public void refuseOtherOrigins(HttpRequest<?> request) {
        var site = request.getHeaders().get(SITE);
        if (site != null && !OURS.contains(site)) {
            throw foreign(SITE);
        }
        var origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin != null && !isOurs(request, origin)) {
            throw foreign(HttpHeaders.ORIGIN);
        }
    }

    private boolean isOurs(HttpRequest<?> request, String origin) {
        return origin.equalsIgnoreCase(publicUrl.origin(request))
                || isOfHost(origin, request.getHeaders().get(HttpHeaders.HOST));
    }

    /** If no public URL is set, our own origin is the host that the browser sent the request to. */
    private boolean isOfHost(String origin, @Nullable String host) {
        return host != null
                && !publicUrl.isSet()
                && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
    }

    private static RuntimeException foreign(String header) {
        return CSRF_TOKEN_INVALID.at(
                header, "A page of another origin sent this request; send it from a page of this server.");
    }
}
