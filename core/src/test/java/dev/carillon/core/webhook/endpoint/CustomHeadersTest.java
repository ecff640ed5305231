package dev.carillon.core.webhook.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "X-Api-Key", "Cookie", "a", "x_y.z~1", "Accept"})
    void whatIsNotOursMayBeSent(String name) {
        assertThatCode(() -> new CustomHeaders(Map.of(name, "Bearer a b, c")).check())
                .doesNotThrowAnyException();
    }

    // Without this, the owner of an endpoint could make us send a false id, signature or length.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook-id",
                "Webhook-Signature",
                "WEBHOOK-ANYTHING",
                "content-type",
                "Content-Length",
                "Content-Encoding",
                "User-Agent",
                "host",
                "Connection",
                "Keep-Alive",
                "Proxy-Authorization",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Expect",
                "Accept-Encoding"
            })
    void whatIsOursOrTheConnectionsIsRefusedInAnyCase(String name) {
        assertRefused(Map.of(name, "x"), "/headers/" + name);
    }

    // A line break would end the header and start another header or the body.
    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\r\nX-B: c", "a\nb", "a\tb", "é", "a\u0000"})
    void aValueIsVisibleTextAndNothingElse(String value) {
        assertRefused(Map.of("X-A", value), "/headers/X-A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "é", "(a)"})
    void aNameIsAToken(String name) {
        assertRefused(Map.of(name, "x"), "/headers");
    }

    @Test
    void theirNumberAndSizeAreBounded() {
        var eleven = IntStream.range(0, 11).boxed().collect(Collectors.toMap(n -> "X-" + n, n -> "x"));

        assertRefused(eleven, "/headers");
        assertRefused(Map.of("x".repeat(65), "x"), "/headers");
        assertRefused(Map.of("X-A", "x".repeat(1_001)), "/headers/X-A");
        assertRefused(Map.of("X-A", "x", "x-a", "y"), null);
        assertThatCode(() -> new CustomHeaders(Map.of("x".repeat(64), "x".repeat(1_000))).check())
                .doesNotThrowAnyException();
    }

    @Test
    void theyShowTheirNamesAlone() {
        assertThat(new CustomHeaders(Map.of("Authorization", "Bearer secret")))
                .hasToString("CustomHeaders[Authorization]");
    }

    private static void assertRefused(Map<String, String> headers, @Nullable String param) {
        assertThatThrownBy(() -> new CustomHeaders(headers).check())
                .isInstanceOfSatisfying(ApiException.class, exception -> {
                    assertThat(exception.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
                    if (param != null) {
                        assertThat(exception.param()).isEqualTo(param);
                    }
                    assertThat(exception.detail()).doesNotContain("\r", "\n", "secret");
                });
    }
}
