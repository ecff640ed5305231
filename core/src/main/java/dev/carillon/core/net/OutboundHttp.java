package dev.carillon.core.net;

import static dev.carillon.core.net.OutboundFailure.Kind.BAD_HEADER;

import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way to make outbound calls. A call is made at most once, to a checked address, without redirects, and ends
 * at its deadline. It blocks the calling thread, which should be a virtual one.
 */
@Singleton
public class OutboundHttp {
    private static final Logger log = LoggerFactory.getLogger(OutboundHttp.class);
    private static final Set<String> WANTS_BODY = Set.of("POST", "PUT", "PATCH");
    private static final String USER_AGENT = "Carillon";
    private static final String KEEP_ALIVE = "keep-alive";
    private static final long READ_AT_ONCE = 8192;

    private final OutboundUrls urls;
    private final OutboundClients clients;
    private final long maxResponseBytes;

    OutboundHttp(OutboundUrls urls, OutboundClients clients, OutboundConfig config) {
        this.urls = urls;
        this.clients = clients;
        this.maxResponseBytes = config.maxResponseBytes();
    }

    /** Makes the call. A problem with the URL, the guard or the network is a reply and never an exception. */
    public OutboundReply send(OutboundRequest request) {
        long start = System.nanoTime();
        var reply = call(request);
        keep(request, reply, Duration.ofNanos(System.nanoTime() - start));
        return reply;
    }

    private static void keep(OutboundRequest request, OutboundReply reply, Duration duration) {
        try {
            ExchangeRecorder.current().ifPresent(exchanges -> exchanges.add(request, reply, duration));
        } catch (RuntimeException e) {
            // The request has been sent, and its outcome matters more than its trace.
            log.atError()
                    .setCause(e)
                    .addKeyValue("purpose", request.purpose())
                    .log("could not record an outbound call");
        }
    }

    private OutboundReply call(OutboundRequest request) {
        return switch (urls.check(request.url(), request.purpose())) {
            case UrlCheckResult.Refused(var failure) -> neverSent(request, failure);
            case UrlCheckResult.Accepted(var url, var byOperator) -> send(request, HttpUrl.get(url), byOperator);
        };
    }

    private OutboundReply send(OutboundRequest request, HttpUrl url, boolean byOperator) {
        var place = url.host() + ":" + url.port();
        var headers = headers(request);
        if (headers.isEmpty()) {
            return neverSent(
                    request, new OutboundFailure(BAD_HEADER, "A header contains a character that cannot be sent."));
        }
        var trace = new CallTrace(request.deadline());
        var call = clients.of(request.purpose(), byOperator).newCall(okRequest(request, url, headers.get(), trace));
        long left = request.deadline().left().toNanos();
        if (left <= 0) { // OkHttp would read it as no limit
            return neverSent(request, Failures.tooLate(place));
        }
        call.timeout().timeout(left, TimeUnit.NANOSECONDS);
        try (var response = call.execute()) {
            return answered(response, request, trace);
        } catch (IOException trouble) {
            var failure = Failures.of(trouble, trace, request.deadline(), place).after(trace.timing());
            return trace.written() ? new NoAnswer(failure) : neverSent(request, failure);
        }
    }

    private static OutboundReply neverSent(OutboundRequest request, OutboundFailure failure) {
        log.atDebug()
                .addKeyValue("purpose", request.purpose())
                .addKeyValue("kind", failure.kind())
                .log("outbound call not sent");
        return new NeverSent(failure);
    }

    private static Optional<Headers> headers(OutboundRequest request) {
        try {
            return Optional.of(Headers.of(request.headers()));
        } catch (IllegalArgumentException unsendable) {
            return Optional.empty(); // its message would show the value
        }
    }

    private static Request okRequest(OutboundRequest request, HttpUrl url, Headers headers, CallTrace trace) {
        var agent = Optional.ofNullable(headers.get("User-Agent")).orElse(USER_AGENT);
        return new Request.Builder()
                .url(url)
                .headers(headers)
                .header("User-Agent", agent)
                .method(request.method(), body(request))
                .tag(CallTrace.class, trace)
                .build();
    }

    private static @Nullable RequestBody body(OutboundRequest request) {
        if (request.body().size() > 0) {
            return new OneShotBody(request.body().toArray());
        }
        return WANTS_BODY.contains(request.method()) ? new OneShotBody(new byte[0]) : null;
    }

    private Answered answered(Response response, OutboundRequest request, CallTrace trace) throws IOException {
        var kept = new Buffer();
        boolean truncated = !isRead(response, request, kept);
        if (endsItsConnection(response)) {
            trace.hangUp();
        }
        var headers = new ReplyHeaders(response.headers().toMultimap());
        return new Answered(trace.status(), headers, Bytes.of(kept.readByteArray()), truncated, trace.timing());
    }

    /**
     * Whether the server closes the connection after its answer without announcing it, as an HTTP/1.0 server does
     * unless it says otherwise. OkHttp would keep the connection, and the next request would go out on one that is
     * about to close.
     */
    private static boolean endsItsConnection(Response response) {
        return response.protocol() == Protocol.HTTP_1_0
                && !KEEP_ALIVE.equalsIgnoreCase(response.header("Connection", ""));
    }

    /** Whether the whole body was received and kept. */
    private boolean isRead(Response response, OutboundRequest request, Buffer kept) throws IOException {
        try {
            long limit = Math.min(request.maxResponseBytes(), maxResponseBytes);
            return readUpTo(limit, response.body().source(), kept);
        } catch (IOException brokenOff) {
            if (request.headSuffices()) {
                return false;
            }
            throw brokenOff;
        }
    }

    /** Whether the source ended within the limit, counted after decompression. */
    private static boolean readUpTo(long limit, BufferedSource source, Buffer kept) throws IOException {
        while (kept.size() < limit) {
            if (source.read(kept, Math.min(READ_AT_ONCE, limit - kept.size())) < 0) {
                return true;
            }
        }
        return source.exhausted();
    }
}
