package dev.carillon.core.net;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param message for the tenant: contains the host and port that they gave, never an address that it resolved to
 * @param timing how far the call got; the step that failed counts until the failure. Null if the call was not started
 */
public record OutboundFailure(
        Kind kind, String message, @Nullable Timing timing) {
    /** A failure of a call that was not started. */
    public OutboundFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The kinds from {@code DEADLINE} on can also occur after the request was written. */
    public enum Kind {
        BAD_URL,
        BAD_HEADER,
        FORBIDDEN_PORT,
        FORBIDDEN_ADDRESS,
        DNS,
        CONNECT,
        TLS,
        DEADLINE,
        INTERRUPTED,
        /** The connection ended, or the data received was not HTTP. */
        CUT
    }

    OutboundFailure after(Timing steps) {
        return new OutboundFailure(kind, message, steps);
    }
}
