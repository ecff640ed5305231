package dev.carillon.api.protocol;

import dev.carillon.api.access.RouteAccess;
import dev.carillon.api.http.Accepted;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.json.JsonMapper;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bodies of all replies, and everything that depends on their bytes: ETags and 304, compression, and the lengths that a HEAD
 * reports for its GET. Streams pass unchanged. A body becomes bytes here rather than in the server, because all of these need the bytes
 * before the reply's headers are sent.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Order(Representation.BEFORE_ORIGINS)
final class Representation {
    static final int BEFORE_ORIGINS = Origins.BEFORE_LOG + 1;

    /** Compressing smaller replies saves no packet. */
    static final int SMALLEST_COMPRESSED = 1024;

    private static final int FIRST_ERROR = 400;
    private static final String GZIP = "gzip";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final JsonMapper mapper;
    private final ErrorResponseProcessor<?> errors;

    Representation(JsonMapper mapper, ErrorResponseProcessor<?> errors) {
        this.mapper = mapper;
        this.errors = errors;
    }

    @ResponseFilter
    void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var route = PathRoutes.of(request);
        boolean head = request.getMethod() == HttpMethod.HEAD;
        var body = head ? bodyOfGet(request, response) : response.body();
        if (body == null || Publishers.isConvertibleToPublisher(body)) {
            return;
        }
        var bytes = bytes(body, response, route);
        boolean compressible = mayBeCompressed(response, route);
        boolean compressed = compressible && bytes.length >= SMALLEST_COMPRESSED && acceptsGzip(request);
        if (compressible) {
            response.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (isValidated(request, response, route)) {
            var tag = EntityTag.of(bytes);
            response.header(HttpHeaders.ETAG, compressed ? EntityTag.compressed(tag) : tag);
            if (READING.contains(request.getMethod())
                    && EntityTag.isNamedIn(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH), tag)) {
                response.status(HttpStatus.NOT_MODIFIED).body(null);
                response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
                return;
            }
        }
        if (compressed) {
            bytes = gzipped(bytes);
            response.header(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        if (head) {
            response.getHeaders().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
        }
        response.body(bytes);
    }

    /** The body that GET would send; the server has put it aside. */
    private @Nullable Object bodyOfGet(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var aside = RouteAttributes.getHeadBody(response).orElse(null);
        if (aside != null || response.body() != null) {
            return aside == null ? response.body() : aside;
        }
        return response.code() < FIRST_ERROR
                ? null
                : errors.processResponse(ErrorContext.builder(request).build(), response)
                        .body();
    }

    /** True for what pages of any origin may read: everything that keys read, and what is open to everyone. */
    private static boolean isValidated(
            HttpRequest<?> request, MutableHttpResponse<?> response, Optional<UriRouteInfo<?, ?>> route) {
        return response.code() == HttpStatus.OK.getCode()
                && (READING.contains(request.getMethod()) || request.getMethod() == HttpMethod.PATCH)
                && route.filter(each -> RouteAccess.isForAnyOrigin(RouteAccess.of(each)))
                        .isPresent();
    }

    /**
     * False for replies that may contain a secret beside text that another party chose; on routes where people sign in, that
     * is every reply.
     */
    private static boolean mayBeCompressed(MutableHttpResponse<?> response, Optional<UriRouteInfo<?, ?>> route) {
        return response.getContentType().filter(Representation::isText).isPresent()
                && route.map(each -> RouteAccess.isForAnyOrigin(RouteAccess.of(each))
                                && !each.getAnnotationMetadata().hasAnnotation(HoldsSecret.class))
                        .orElse(true);
    }

    private static boolean isText(MediaType type) {
        return type.isTextBased()
                || type.getName().endsWith("+json")
                || type.getName().endsWith("+xml");
    }

    private static boolean acceptsGzip(HttpRequest<?> request) {
        return Accepted.read(request.getHeaders().getAll(HttpHeaders.ACCEPT_ENCODING))
                .prefersCoding(GZIP);
    }

    private byte[] bytes(Object body, MutableHttpResponse<?> response, Optional<UriRouteInfo<?, ?>> route) {
        if (response.getContentType().isEmpty()) {
            response.contentType(
                    route.map(each -> each.getProduces().getFirst()).orElse(MediaType.APPLICATION_JSON_TYPE));
        }
        return switch (body) {
            case byte[] bytes -> bytes;
            case CharSequence text -> text.toString().getBytes(StandardCharsets.UTF_8);
            default ->
                json(
                        body,
                        route.<@Nullable Argument<?>>map(UriRouteInfo::getResponseBodyType)
                                .orElse(null));
        };
    }

    @SuppressWarnings("unchecked") // the body is an instance of this type
    private byte[] json(Object body, @Nullable Argument<?> type) {
        try {
            return type != null && type.isInstance(body)
                    ? mapper.writeValueAsBytes((Argument<Object>) type, body)
                    : mapper.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzipped(byte[] plain) {
        var compressed = new ByteArrayOutputStream(plain.length / 2);
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
