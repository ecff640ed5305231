package dev.carillon.core.net;

/** Whether a URL may be stored and called. */
public sealed interface UrlCheckResult {
    /**
     * May be called.
     *
     * @param byOperator whether it is allowed because the operator listed its host
     */
    record Accepted(String url, boolean byOperator) implements UrlCheckResult {}

    /** May not be called, and why. */
    record Refused(OutboundFailure failure) implements UrlCheckResult {}
}
