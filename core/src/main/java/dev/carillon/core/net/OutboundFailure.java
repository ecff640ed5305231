package dev.carillon.core.net;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param message for the tenant: names the host and port that they gave, never an address it led to
 * @param timing how far the call came, the step that it broke off in being as long as it lasted until then; null where none was begun
 */
public record OutboundFailure(
        Kind kind, String message, @Nullable Timing timing) {
    /** Of a call that was not begun. */
    public OutboundFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The kinds from {@code DEADLINE} on can also strike after the request was written. */
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
        /** The connection ended, or what came over it was not HTTP. */
        CUT
    }

    OutboundFailure after(Timing steps) {
        return new OutboundFailure(kind, message, steps);
    }
}
