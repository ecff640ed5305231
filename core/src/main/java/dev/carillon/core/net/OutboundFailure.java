package dev.carillon.core.net;

/**
 * Why there is no answer.
 *
 * @param message for the tenant: names the host and port that they gave, never an address it led to
 */
public record OutboundFailure(Kind kind, String message) {
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
}
