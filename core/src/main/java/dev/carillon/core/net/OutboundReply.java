package dev.carillon.core.net;

/** The result of a call, distinguished by what the other side may have seen. */
public sealed interface OutboundReply {
    /**
     * The other side answered, whatever the status. Redirects count as answers and are not followed.
     *
     * @param body decompressed, and cut at the limit
     * @param truncated whether the body was longer
     */
    record Answered(int status, ReplyHeaders headers, Bytes body, boolean truncated, Timing timing)
            implements OutboundReply {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        public String text() {
            return body.utf8();
        }

        /** Omits headers and body, which may contain secrets. */
        @Override
        public String toString() {
            return "Answered[" + status + ", " + body + (truncated ? ", truncated]" : "]");
        }
    }

    /** No byte of the request left this process. */
    record NeverSent(OutboundFailure failure) implements OutboundReply {}

    /**
     * The request was, or may have been, written, and no complete answer came back. Unclear cases are reported as this
     * one, including a kept connection that turns out to be dead while the request is written, and an answer that
     * breaks off.
     */
    record NoAnswer(OutboundFailure failure) implements OutboundReply {}
}
