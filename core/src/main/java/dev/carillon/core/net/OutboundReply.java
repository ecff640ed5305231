package dev.carillon.core.net;

/** What became of a call, told apart by what the other side may have seen. */
public sealed interface OutboundReply {
    /**
     * The other side answered, whatever the status; redirects are answers too and nobody follows them.
     *
     * @param body decompressed, and cut at the limit
     * @param truncated whether more would have come
     */
    record Answered(int status, ReplyHeaders headers, Bytes body, boolean truncated, Timing timing)
            implements OutboundReply {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        public String text() {
            return body.utf8();
        }

        /** Without headers and body, which may hold secrets. */
        @Override
        public String toString() {
            return "Answered[" + status + ", " + body + (truncated ? ", truncated]" : "]");
        }
    }

    /** No byte of the request left this process. */
    record NeverSent(OutboundFailure failure) implements OutboundReply {}

    /**
     * The request was written, or may have been, and no whole answer came back. In doubt it is this one: also for a kept
     * connection that turns out dead while the request is written, and for an answer of which only the beginning came.
     */
    record NoAnswer(OutboundFailure failure) implements OutboundReply {}
}
