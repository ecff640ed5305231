package dev.carillon.core.net;

import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an outbound call that may be stored: no query, no headers, and no path segment that could be a secret.
 *
 * @param host with the port if it is not the default one
 * @param status null if no answer came
 * @param trouble why no answer came; null if one did
 * @param durationMillis measured on this machine
 * @param reply null if no answer came
 * @param platformRequestId identifies the call to the platform's support
 */
@Serdeable
public record Exchange(
        String method,
        String host,
        String path,
        @Nullable Integer status,
        @Nullable String trouble,
        long durationMillis,
        BodyTrace request,
        @Nullable BodyTrace reply,
        @Nullable String platformRequestId) {
    private static final List<String> REQUEST_IDS = List.of(
            "x-fb-trace-id",
            "x-fb-request-id",
            "x-li-uuid",
            "x-transaction-id",
            "x-tt-logid",
            "x-request-id",
            "request-id",
            "x-amzn-requestid",
            "x-amz-request-id",
            "x-ms-request-id",
            "x-correlation-id",
            "x-trace-id",
            "cf-ray");
    private static final Pattern SPEAKABLE = Pattern.compile("[!-~]{1,128}");

    // A method's name or a short id is kept; a long segment with a digit in it may be a token.
    private static final Pattern PLAIN_SEGMENT = Pattern.compile("[A-Za-z0-9._~@-]{0,19}|[A-Za-z._~@-]{20,64}");
    private static final String NOT_KEPT = "{...}";

    static Exchange of(OutboundRequest request, OutboundReply reply, Duration duration) {
        var url = Optional.ofNullable(HttpUrl.parse(request.url()));
        var answer = reply instanceof Answered answered ? answered : null;
        return new Exchange(
                request.method(),
                url.map(Exchange::host).orElse(""),
                url.map(Exchange::path).orElse(""),
                answer == null ? null : answer.status(),
                trouble(reply),
                duration.toMillis(),
                BodyTrace.of(request.body()),
                answer == null ? null : BodyTrace.of(answer.body()),
                answer == null ? null : requestId(answer.headers()));
    }

    private static String host(HttpUrl url) {
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        return usual ? url.host() : url.host() + ":" + url.port();
    }

    private static String path(HttpUrl url) {
        return url.pathSegments().stream()
                .map(segment -> PLAIN_SEGMENT.matcher(segment).matches() ? segment : NOT_KEPT)
                .collect(Collectors.joining("/", "/", ""));
    }

    private static @Nullable String trouble(OutboundReply reply) {
        return switch (reply) {
            case Answered answered -> null;
            case NeverSent(var failure) ->
                "never_sent: " + failure.kind().name().toLowerCase(Locale.ROOT);
            case NoAnswer(var failure) -> "no_answer: " + failure.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static @Nullable String requestId(ReplyHeaders headers) {
        return REQUEST_IDS.stream()
                .flatMap(name -> headers.first(name).stream())
                .filter(value -> SPEAKABLE.matcher(value).matches())
                .findFirst()
                .orElse(null);
    }
}
