package dev.carillon.core.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.carillon.core.net.Deadline;
import jakarta.inject.Singleton;
import java.text.ParseException;

/** Providers' discovery documents and keys, each cached for a while. */
@Singleton
class ProviderDocumentCache {
    private final ProviderCalls calls;
    private final OidcConfig config;
    private final SingleFlightCache<ProviderDocument> documents;
    private final SingleFlightCache<JWKSet> keys;

    ProviderDocumentCache(ProviderCalls calls, OidcConfig config) {
        this.calls = calls;
        this.config = config;
        this.documents = new SingleFlightCache<>(config.keep());
        this.keys = new SingleFlightCache<>(config.keep());
    }

    ProviderDocument of(OidcProvider provider) {
        return documents.get(
                provider.id(),
                () -> ProviderDocument.of(
                        provider, calls.get(provider, "discovery document", provider.discovery(), deadline())));
    }

    /**
     * The keys that may have signed a token with this header. A provider may change its keys at any time: if none
     * matches, they are read once more, and the result may still contain no match.
     */
    JWKSet keysFor(OidcProvider provider, ProviderDocument document, JWSHeader header) {
        var known = keys(provider, document);
        if (holdsOneFor(known, header)) {
            return known;
        }
        keys.forget(provider.id(), known);
        return keys(provider, document);
    }

    private JWKSet keys(OidcProvider provider, ProviderDocument document) {
        return keys.get(provider.id(), () -> {
            var json = calls.get(provider, "key set", document.keys(), deadline());
            try {
                return JWKSet.parse(json);
            } catch (ParseException | RuntimeException e) {
                // The library throws a NullPointerException for some malformed input, here and in its other parsers.
                throw ProviderErrors.invalid(provider, "its key set is invalid");
            }
        });
    }

    private static boolean holdsOneFor(JWKSet keys, JWSHeader header) {
        var matcher = JWKMatcher.forJWSHeader(header);
        return matcher != null && !new JWKSelector(matcher).select(keys).isEmpty();
    }

    /** A deadline independent of the caller's, because the answer serves all waiting callers and not only the first. */
    private Deadline deadline() {
        return Deadline.in(config.timeout());
    }
}
