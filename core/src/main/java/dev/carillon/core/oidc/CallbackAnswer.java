package dev.carillon.core.oidc;

import org.jspecify.annotations.Nullable;

/**
 * A provider's answer, as the browser returns it (OpenID Connect Core 1.0, 3.1.2.5 and 3.1.2.6). {@code toString} shows
 * none of it.
 *
 * @param state identifies the sign-in
 * @param code is exchanged for tokens
 * @param error why there is no code
 * @param issuer the issuer that the provider states (RFC 9207)
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
