package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PermalinkTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2027-03-01T12:00:00Z"));
    private SandboxServer server;
    private SandboxClient sandbox;

    @BeforeEach
    void start() {
        server = SandboxServer.start(new SandboxConfig(0, null, TestStore.store(), SandboxClient.SECRET, clock));
        sandbox = new SandboxClient(server.url());
    }

    @AfterEach
    void stop() {
        sandbox.close();
        server.close();
    }

    @Test
    void aPageShowsThePostToWhoeverHasItsAddress() {
        var url = permalink("<b>Grüße</b>");

        var page = open(url);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("bluesky · @ada · 2027-03-01T12:00:00Z\n\n<b>Grüße</b>\n");
    }

    // Other users write these texts: a browser that rendered one as HTML would run their scripts on our address.
    @Test
    void aPageIsInertForBrowsersAndInvisibleForSearchEngines() {
        var page = open(permalink("<script>alert(1)</script>"));

        assertThat(page.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void aPageIsGoneAfterSevenDays() {
        var url = permalink("Hello");

        clock.forward(Duration.ofDays(7).minusSeconds(1));
        assertThat(open(url).status()).isEqualTo(200);

        clock.forward(Duration.ofSeconds(1));
        assertThat(open(url).status()).isEqualTo(404);
    }

    @Test
    void aTokenThatWasNeverGivenOutOpensNothing() {
        assertThat(open(server.url() + "/p/AAAAAAAAAAAAAAAAAAAAAA").status()).isEqualTo(404);
    }

    private String permalink(String text) {
        return sandbox.publish(sandbox.newAccount(), text, "k1").text("url");
    }

    private Reply open(String url) {
        return sandbox.send(HttpRequest.newBuilder(URI.create(url)).build());
    }
}
