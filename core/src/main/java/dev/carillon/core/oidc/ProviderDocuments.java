package dev.carillon.core.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.carillon.core.net.Deadline;
import jakarta.inject.Singleton;
import java.text.ParseException;

/** What providers say about themselves: their discovery documents and their keys, each kept for a while. */
@Singleton
class ProviderDocuments {
    private final ProviderCalls calls;
    private final OidcConfig config;
    private final SharedAnswers<ProviderDocument> documents;
    private final SharedAnswers<JWKSet> keys;

    ProviderDocuments(ProviderCalls calls, OidcConfig config) {
        this.calls = calls;
        this.config = config;
        this.documents = new SharedAnswers<>(config.keep());
        this.keys = new SharedAnswers<>(config.keep());
    }

    ProviderDocument of(OidcProvider provider) {
        return documents.get(
                provider.id(),
                () -> ProviderDocument.of(
                        provider, calls.get(provider, "discovery document", provider.discovery(), deadline())));
    }

    /**
     * The keys that may have signed a token with this header. A provider changes its keys when it likes; where none fits, they are read once
     * more, and the answer may still have none that does.
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
                // The library meets some of what is malformed with a NullPointerException; here and with what else it
                // parses.
                throw ProviderTrouble.invalid(provider, "its key set is none");
            }
        });
    }

    private static boolean holdsOneFor(JWKSet keys, JWSHeader header) {
        var matcher = JWKMatcher.forJWSHeader(header);
        return matcher != null && !new JWKSelector(matcher).select(keys).isEmpty();
    }

    /** One of its own: what comes is for everybody who waits, and not only for who asked first. */
    private Deadline deadline() {
        return Deadline.in(config.timeout());
    }
}
