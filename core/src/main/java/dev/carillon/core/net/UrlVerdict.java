package dev.carillon.core.net;

/** Whether a URL may be stored and called. */
public sealed interface UrlVerdict {
    /**
     * May be called.
     *
     * @param byOperator whether it is allowed because the operator listed its host
     */
    record Accepted(String url, boolean byOperator) implements UrlVerdict {}

    /** May not be called, and why. */
    record Refused(OutboundFailure failure) implements UrlVerdict {}
}
