package dev.carillon.core.oidc;

import org.jspecify.annotations.Nullable;

/**
 * What a browser brings back from a provider (OpenID Connect Core 1.0, 3.1.2.5 and 3.1.2.6). {@code toString} shows none of it.
 *
 * @param state of the sign-in that it belongs to
 * @param code for which the provider gives tokens
 * @param error why there is no code
 * @param issuer who the provider says it is (RFC 9207)
 */
public record CallbackAnswer(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String errorDescription,
        @Nullable String issuer) {
    @Override
    public String toString() {
        return "CallbackAnswer[hidden]";
    }
}
