package dev.carillon.api.http;

import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.RequestId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a request in replies and logs.
 *
 * @param traceId the trace id of the caller's {@code traceparent}, or a new one
 * @param startedNanos of the monotonic clock
 */
public record RequestTrace(RequestId id, String traceId, long startedNanos) {
    // https://www.w3.org/TR/trace-context/: an all-zero trace id is invalid.
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Ids IDS = new Ids();

    /** A new trace, which continues the caller's if it sent one. */
    static RequestTrace begin(@Nullable String traceparent) {
        var parent = TRACEPARENT.matcher(traceparent == null ? "" : traceparent.strip());
        return new RequestTrace(
                IDS.next(RequestId.KIND), parent.matches() ? parent.group(1) : randomTraceId(), System.nanoTime());
    }

    private static String randomTraceId() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
