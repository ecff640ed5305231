package dev.carillon.core.oidc;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure at a provider, for the person and for the operator: the person is told which provider failed, and the log
 * gets the reason. Neither contains a token or anything about the person.
 */
final class ProviderErrors {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderErrors.class);
    private static final int LONGEST = 200;

    private ProviderErrors() {}

    /** The provider does not answer, or answers that it cannot. */
    static ApiException unreachable(OidcProvider provider, String reason) {
        log(provider, ErrorCode.IDENTITY_PROVIDER_UNREACHABLE, reason);
        return ErrorCode.IDENTITY_PROVIDER_UNREACHABLE.because(
                "%s cannot be reached at the moment; try again shortly, or sign in another way."
                        .formatted(provider.name()));
    }

    static ApiException of(OidcProvider provider, OutboundFailure failure) {
        return switch (failure.kind()) {
            case BAD_URL, BAD_HEADER, FORBIDDEN_PORT, FORBIDDEN_ADDRESS ->
                invalid(provider, "it uses an address that is not allowed");
            case DNS, CONNECT, TLS, DEADLINE, INTERRUPTED, CUT ->
                unreachable(provider, failure.kind().name());
        };
    }

    /**
     * The provider's answer cannot be used.
     *
     * @param reason completes the sentence "... cannot be used: "
     */
    static ApiException invalid(OidcProvider provider, String reason) {
        log(provider, ErrorCode.IDENTITY_PROVIDER_REPLY_INVALID, reason);
        return ErrorCode.IDENTITY_PROVIDER_REPLY_INVALID.because(
                "The answer from %s cannot be used: %s.".formatted(provider.name(), printable(reason)));
    }

    /**
     * The provider refuses to sign the person in.
     *
     * @param error the provider's own error code, such as {@code access_denied}
     */
    static ApiException refused(OidcProvider provider, String error, String description) {
        log(provider, ErrorCode.SIGN_IN_REFUSED, error);
        var words = printable(description);
        return ErrorCode.SIGN_IN_REFUSED.because(
                "%s did not complete the sign-in: %s%s".formatted(provider.name(), printable(error), end(words)));
    }

    private static String end(String description) {
        return description.isEmpty() ? "." : " (" + description + ").";
    }

    /** Text from outside, limited to the characters that RFC 6749 (4.1.2.1) allows, and shortened. */
    private static String printable(String words) {
        var plain = words.strip().replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }

    private static void log(OidcProvider provider, ErrorCode code, String reason) {
        LOG.atWarn()
                .addKeyValue("provider", provider.id())
                .addKeyValue("code", code.wireName())
                .addKeyValue("reason", printable(reason))
                .log("sign-in with a provider failed");
    }
}
