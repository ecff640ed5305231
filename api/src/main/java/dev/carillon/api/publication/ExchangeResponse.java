package dev.carillon.api.publication;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.net.BodyTrace;
import dev.carillon.core.net.Exchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to a platform, without what must not be stored: query, headers, secrets and texts.
 *
 * @param host with its port, unless that is the default one
 * @param path with {@code {...}} in place of what could be a secret
 * @param status the platform's HTTP status; null if no answer came
 * @param trouble why no answer came: whether the request was {@code never_sent} or got {@code no_answer}, and what stopped it
 * @param durationMs how long the call took
 * @param request what was sent
 * @param response what came back; null if no answer came
 * @param platformRequestId the platform's id of the call, for its support
 */
@Wire
public record ExchangeResponse(
        String method,
        String host,
        String path,
        @Nullable Integer status,
        @Nullable String trouble,
        long durationMs,
        Body request,
        @Nullable Body response,
        @Nullable String platformRequestId) {

    /**
     * What is stored of a body.
     *
     * @param bytes its length
     * @param sha256 the first 16 hexadecimal digits of its SHA-256 hash; null for no body
     * @param fields fields by JSON pointer: ids, words and numbers unchanged, other texts as length and hash
     */
    @Wire
    public record Body(int bytes, @Nullable String sha256, Map<String, Object> fields) {
        private static @Nullable Body of(@Nullable BodyTrace body) {
            return body == null ? null : whole(body);
        }

        private static Body whole(BodyTrace body) {
            return new Body(body.bytes(), body.sha256(), body.fields());
        }
    }

    static ExchangeResponse of(Exchange exchange) {
        return new ExchangeResponse(
                exchange.method(),
                exchange.host(),
                exchange.path(),
                exchange.status(),
                exchange.trouble(),
                exchange.durationMillis(),
                Body.whole(exchange.request()),
                Body.of(exchange.reply()),
                exchange.platformRequestId());
    }
}
