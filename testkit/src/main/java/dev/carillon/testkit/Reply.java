package dev.carillon.testkit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer of a {@link WebhookReceiver} to one request.
 *
 * @param status HTTP status; {@value #CUT} closes the connection without an answer
 * @param delay how long to wait before answering
 * @param body text of the answer
 * @param headers in addition to those that the server sets itself
 */
public record Reply(int status, Duration delay, String body, Map<String, String> headers) {
    static final int CUT = 0;

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** 204 at once. */
    public static Reply ok() {
        return status(204);
    }

    /** This status at once, without a body. */
    public static Reply status(int status) {
        return new Reply(status, Duration.ZERO, "", Map.of());
    }

    /** No answer: the connection is closed after the request has been read. */
    public static Reply cut() {
        return status(CUT);
    }

    /** The same reply, later. */
    public Reply after(Duration wait) {
        return new Reply(status, wait, body, headers);
    }

    /** The same reply with a body. */
    public Reply withBody(String text) {
        return new Reply(status, delay, text, headers);
    }

    /** The same reply with one more header. */
    public Reply withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, delay, body, more);
    }
}
