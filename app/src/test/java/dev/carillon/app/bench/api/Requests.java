package dev.carillon.app.bench.api;

import dev.carillon.core.kernel.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bytes of HTTP requests with an API key. */
record Requests(String secret) {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n";
    static final int WORDS = 12;
    private static final int SPREAD_MINUTES = 60 * 24 * 300;
    private static final AtomicLong COUNT = new AtomicLong();

    /** The same request again and again. */
    Supplier<byte[]> get(String path) {
        var bytes = bytes(GET.formatted(path, secret));
        return () -> bytes;
    }

    /** A random one of many requests. */
    Supplier<byte[]> get(String path, List<?> ends) {
        return () -> bytes(GET.formatted(path + any(ends), secret));
    }

    /** A new post on one of the accounts, at some time in the coming months. Every post is different. */
    Supplier<byte[]> newPost(List<AccountId> accounts) {
        return () -> post("/v1/posts", body(accounts));
    }

    /** A batch of new posts, each accepted or refused separately. */
    Supplier<byte[]> newPosts(List<AccountId> accounts, int count) {
        return () -> post(
                "/v1/posts/batch",
                Stream.generate(() -> body(accounts))
                        .limit(count)
                        .collect(Collectors.joining(",", "{\"mode\":\"partial\",\"posts\":[", "]}")));
    }

    private byte[] post(String path, String body) {
        return bytes("""
                POST %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Idempotency-Key: %s\r
                Content-Length: %d\r
                \r
                %s""".formatted(path, secret, UUID.randomUUID(), body.length(), body));
    }

    private static String body(List<AccountId> accounts) {
        var at = Instant.now()
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(30, ChronoUnit.DAYS)
                .plus(ThreadLocalRandom.current().nextInt(SPREAD_MINUTES), ChronoUnit.MINUTES);
        return "{\"text\":\"%s\",\"targets\":[{\"account_id\":\"%s\"}],\"publish\":{\"at\":\"%s\"}}"
                .formatted(text(COUNT.incrementAndGet()), any(accounts), at);
    }

    private static String text(long number) {
        return Words.some(WORDS) + " " + number;
    }

    private static <T> T any(List<T> values) {
        return values.get(ThreadLocalRandom.current().nextInt(values.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
