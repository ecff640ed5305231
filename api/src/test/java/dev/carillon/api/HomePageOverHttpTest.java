package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.PlainClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomePageOverHttpTest {
    private static final String CHROME =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private static ApiServer api;
    private static PlainClient client;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        client = new PlainClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHROME,
                "text/html",
                "text/*",
                "TEXT/HTML;q=0.4",
                "text/html, */*",
                "application/json;q=0.5, text/html;q=0.6",
                "text/html;level=1;q=0.9, application/json;q=0.2"
            })
    void whoPrefersAPageGetsOne(String accept) {
        var page = get("/", accept);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html");
        assertThat(page.header("Vary").orElseThrow()).contains("Accept");
        assertThat(page.text()).contains("Carillon", "curl ", "http://localhost:" + api.port() + "/v1/me");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json, text/html",
                "application/json, text/html;q=0.9, */*;q=0.1",
                "text/html;q=0, */*",
                "text/html;q=nonsense",
                "application/*, text/html;q=0.9",
                "nonsense"
            })
    void everybodyElseGetsJson(String accept) {
        var reply = get("/", accept);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(reply.text()).contains("route_not_found", "/openapi.json");
    }

    @Test
    void everyLinkOfThePageLeadsSomewhere() {
        var links =
                Pattern.compile("href=\"([^\"]+)\"").matcher(get("/", CHROME).text());
        int followed = 0;
        while (links.find()) {
            assertThat(get(links.group(1), CHROME).status()).as(links.group(1)).isEqualTo(200);
            followed++;
        }
        assertThat(followed).isGreaterThan(4);
    }

    // With a wrong hash, the page would lose its style; without a hash, the policy would have to allow any style.
    @Test
    void thePageLoadsNothingAndItsPolicyAllowsItsOwnStyleAlone() throws Exception {
        var page = get("/", CHROME);
        var style = page.text().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        var hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
                .doesNotContain("unsafe");
        assertThat(page.text()).doesNotContain("<script", "style=", "url(", "//cdn", "@import");
        assertThat(page.text().replace("http://localhost:" + api.port(), "")).doesNotContain("http://", "https://");
        assertThat(style).contains("prefers-color-scheme:dark");
    }

    @Test
    void headAndTheIconAreAnsweredAsWell() {
        var head = client.send(HttpRequest.newBuilder(api.uri("/"))
                .method("HEAD", BodyPublishers.noBody())
                .header("Accept", CHROME));
        var icon = get("/favicon.ico", "image/avif,image/webp,*/*;q=0.8");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length"))
                .contains(String.valueOf(get("/", CHROME).body().length));
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.header("Content-Type")).contains("image/svg+xml");
        assertThat(icon.text()).startsWith("<svg ");
    }

    private static Answer get(String path, String accept) {
        return client.send(HttpRequest.newBuilder(api.uri(path)).header("Accept", accept));
    }
}
