package dev.carillon.core.net;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One outbound call. It is made at most once; no layer below repeats it.
 *
 * @param headers without those of the connection (Host, Content-Length, ...), which the client sets itself
 * @param body {@link Bytes#NONE} for none
 * @param deadline when the socket is closed, whatever is in progress
 * @param maxResponseBytes of the decompressed answer; the configured limit applies as well
 * @param headSuffices whether an answer counts once its head has arrived, however much of its body follows
 */
public record OutboundRequest(
        String method,
        String url,
        Map<String, String> headers,
        Bytes body,
        Deadline deadline,
        long maxResponseBytes,
        boolean headSuffices,
        Purpose purpose) {
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "accept-encoding");

    /** Throws {@link IllegalArgumentException} for a connection header and for a body where none is allowed. */
    public OutboundRequest {
        headers = Map.copyOf(headers);
        for (var name : headers.keySet()) {
            if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the client sets this header itself: " + name);
            }
        }
        if (body.size() > 0 && WITHOUT_BODY.contains(method)) {
            throw new IllegalArgumentException(method + " cannot have a body");
        }
    }

    public static OutboundRequest get(Purpose purpose, String url, Deadline deadline) {
        return new OutboundRequest("GET", url, Map.of(), Bytes.NONE, deadline, Long.MAX_VALUE, false, purpose);
    }

    public static OutboundRequest post(Purpose purpose, String url, String contentType, Bytes body, Deadline deadline) {
        var headers = Map.of("Content-Type", contentType);
        return new OutboundRequest("POST", url, headers, body, deadline, Long.MAX_VALUE, false, purpose);
    }

    public OutboundRequest withMethod(String other) {
        return new OutboundRequest(other, url, headers, body, deadline, maxResponseBytes, headSuffices, purpose);
    }

    public OutboundRequest withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OutboundRequest(method, url, more, body, deadline, maxResponseBytes, headSuffices, purpose);
    }

    public OutboundRequest withMaxResponseBytes(long bytes) {
        return new OutboundRequest(method, url, headers, body, deadline, bytes, headSuffices, purpose);
    }

    /**
     * The same request, for callers that only need to know whether it was accepted: a body that breaks off is truncated
     * and is not an error.
     */
    public OutboundRequest whoseHeadSuffices() {
        return new OutboundRequest(method, url, headers, body, deadline, maxResponseBytes, true, purpose);
    }

    /** Omits headers, body and URL, because each of them may contain a secret. */
    @Override
    public String toString() {
        return "OutboundRequest[" + method + ", " + purpose + "]";
    }
}
