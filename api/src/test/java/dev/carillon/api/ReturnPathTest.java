package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.api.http.ReturnPath;
import dev.carillon.core.kernel.ApiException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sign-in link must not redirect to a foreign site. */
class ReturnPathTest {
    private static final URI OURS = URI.create("https://carillon.example.com/v1/sign_in/oidc/google/callback");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/inbox",
                "/inbox?tab=1&x=%20y",
                "/#/posts/1",
                "/a//b",
                "/@evil.example",
                "/a:b",
                "/..//evil"
            })
    void aPathOfOursIsTakenAndStaysWithUs(String path) {
        assertThat(ReturnPath.read("return_to", path)).isEqualTo(path);
        assertThat(OURS.resolve(path).getHost()).isEqualTo("carillon.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " /",
                "inbox",
                "?a",
                "#a",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/a\\..\\b",
                "https://evil.example",
                "https:evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "/\t/evil.example",
                "/\n/evil.example",
                "/a b",
                "/a\r\nSet-Cookie: b=c",
                "/\u0000",
                "/naïve",
                "/<script>",
                "/%zz",
                "/["
            })
    void whatABrowserCouldTakeForAnotherPlaceIsRefused(String elsewhere) {
        assertThatThrownBy(() -> ReturnPath.read("return_to", elsewhere))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("invalid_parameter");
    }

    @Test
    void itHasAnEndAndMayBeLeftOut() {
        assertThat(ReturnPath.read("return_to", null)).isNull();
        assertThat(ReturnPath.read("return_to", "/" + "a".repeat(999))).hasSize(1_000);
        assertThatThrownBy(() -> ReturnPath.read("return_to", "/" + "a".repeat(1_000)))
                .isInstanceOf(ApiException.class);
    }
}
