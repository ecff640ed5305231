package dev.carillon.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.net.ReplyHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 90, 90",
        "retry-after, ' 5 ', 5",
        "Retry-After, 'Sun, 22 Nov 2026 12:10:00 GMT', 600",
        "Retry-After, 0, 1",
        "Retry-After, -30, 1",
        "Retry-After, 99999999, 86400",
        "Retry-After, 9223372036854775807, 60",
        "Retry-After, soon, 60",
        "RateLimit-Reset, 1795349100, 300",
        "RateLimit-Reset, 120, 120",
        "RateLimit-Reset, 1000000000, 1",
        "X-RateLimit-Reset, '2026-11-22T12:05:00.123Z', 300.123",
        "x-rate-limit-reset, 1795349100, 300",
        "X-Ratelimit-Reset, 12.5, 12.5",
        "Other, 7, 60",
    })
    void theWaitIsWhatThePlatformSaysWithinReason(String header, String value, double seconds) {
        var headers = new ReplyHeaders(Map.of(header, List.of(value)));

        assertThat(Duration.between(NOW, RetryTimes.of(headers, NOW)))
                .isEqualTo(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    @Test
    void ofTwoTimesTheLaterOneCounts() {
        var headers = new ReplyHeaders(Map.of("Retry-After", List.of("10"), "RateLimit-Reset", List.of("20")));

        assertThat(RetryTimes.of(headers, NOW)).isEqualTo(NOW.plusSeconds(20));
    }

    // The reset headers say when a rate-limit window ends; they say nothing about a server error.
    @Test
    void onlyRetryAfterIsAWishThatStandsByItself() {
        var reset = new ReplyHeaders(Map.of("RateLimit-Reset", List.of("20")));
        var retryAfter = new ReplyHeaders(Map.of("Retry-After", List.of("20")));

        assertThat(RetryTimes.retryAfter(reset, NOW)).isEmpty();
        assertThat(RetryTimes.retryAfter(retryAfter, NOW)).contains(NOW.plusSeconds(20));
    }
}
