package dev.carillon.app.bench.api;

import dev.carillon.core.kernel.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The bytes of requests, with a key. */
record Requests(String secret) {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n";
    static final int WORDS = 12;
    private static final int SPREAD_MINUTES = 60 * 24 * 300;
    private static final AtomicLong COUNT = new AtomicLong();

    /** The same again and again. */
    Supplier<byte[]> get(String path) {
        var bytes = bytes(GET.formatted(path, secret));
        return () -> bytes;
    }

    /** One of many, at random. */
    Supplier<byte[]> get(String path, List<?> ends) {
        return () -> bytes(GET.formatted(path + any(ends), secret));
    }

    /** A new post on one of the accounts, some time within the next months; none is like another. */
    Supplier<byte[]> newPost(List<AccountId> accounts) {
        var begin = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);
        var run = Long.toHexString(System.nanoTime());
        return () -> {
            long number = COUNT.incrementAndGet();
            var at = begin.plus(ThreadLocalRandom.current().nextInt(SPREAD_MINUTES), ChronoUnit.MINUTES);
            var body = "{\"text\":\"%s\",\"targets\":[{\"account_id\":\"%s\"}],\"publish\":{\"at\":\"%s\"}}"
                    .formatted(text(number), any(accounts), at);
            return bytes("""
                    POST /v1/posts HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Idempotency-Key: %s-%d\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(secret, run, number, body.length(), body));
        };
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
