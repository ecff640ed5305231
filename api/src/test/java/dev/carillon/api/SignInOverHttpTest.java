package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.testing.RecordingMailer;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.UserService;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignInOverHttpTest {
    private static ApiServer api;
    private static RecordingMailer mailer;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of(
                "carillon.testing.recording-mailer", "true",
                "carillon.sign-in.per-email-and-address", "4",
                "carillon.sign-in.per-address", "1000"));
        mailer = api.carillon().bean(RecordingMailer.class);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String known(String email) {
        api.carillon().bean(UserService.class).findOrMake(new EmailAddress(email));
        return email;
    }

    private static String body(String email) {
        return "{\"email\":\"" + email + "\"}";
    }

    private static String linkPath(String email, int number) {
        var link = URI.create(mailer.link(email, number));
        assertThat(link.getHost()).isEqualTo("localhost");
        assertThat(link.getQuery()).as("no token in a query string").isNull();
        return link.getPath();
    }

    @Test
    void aMailedLinkSignsInOnceInTheBrowserThatAskedForIt() {
        var email = known("ada@example.org");
        var browser = new Browser(api);

        var asked = browser.send("POST", "/v1/sign_in/email", body("Ada@Example.org"));

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.setCookies()).singleElement().satisfies(cookie -> assertThat(cookie)
                .startsWith("__Host-carillon_sign_in=")
                .contains("HTTPOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=900"));
        var path = linkPath(email, 1);

        // Mail scanners open links, even twice, and without our cookie.
        for (int i = 0; i < 2; i++) {
            var page = new Browser(api).get(path);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(page.text()).contains("<form method=\"post\">").doesNotContain("<script");
            assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("default-src 'none'");
        }
        new Browser(api).send("POST", path, null).refused(403, "sign_in_other_browser");

        var signedIn = browser.send("POST", path, null);

        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
        assertThat(signedIn.setCookies()).singleElement().satisfies(cookie -> assertThat(cookie)
                .startsWith("__Host-carillon_session=")
                .contains("HTTPOnly", "Secure", "SameSite=Lax", "Path=/"));
        assertThat(browser.get("/v1/session").json())
                .containsEntry("id", signedIn.string("id"))
                .hasEntrySatisfying("user", user -> assertThat(user.toString()).contains("ada@example.org"));
        browser.send("POST", path, null).refused(410, "sign_in_link_invalid");
    }

    @Test
    void aLinkThatHasExpiredOrIsNoneSignsNobodyIn() throws SQLException {
        var email = known("late@example.org");
        var browser = new Browser(api);
        browser.send("POST", "/v1/sign_in/email", body(email));
        var path = linkPath(email, 1);
        try (var connection = api.carillon().database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE sign_in_link SET expires_at = clock_timestamp() WHERE email = 'late@example.org'");
        }

        assertThat(browser.send("POST", path, null)
                        .refused(410, "sign_in_link_invalid")
                        .string("detail"))
                .contains("expired");
        browser.send("POST", "/v1/sign_in/email/" + "a".repeat(43), null).refused(410, "sign_in_link_invalid");
        browser.send("POST", "/v1/sign_in/email/short", null).refused(410, "sign_in_link_invalid");
        assertThat(browser.cookies()).doesNotContainKey("__Host-carillon_session");
    }

    // Otherwise anyone could find out who has an account.
    @Test
    void nobodyIsToldWhetherAnAddressIsKnown() {
        var email = known("known@example.org");

        var known = new Browser(api).send("POST", "/v1/sign_in/email", body(email));
        var unknown = new Browser(api).send("POST", "/v1/sign_in/email", body("stranger@example.org"));

        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(202);
        assertThat(unknown.json()).isEqualTo(known.json());
        assertThat(unknown.setCookies()).hasSameSizeAs(known.setCookies());
        await().atMost(Duration.ofSeconds(10)).until(() -> mailer.to(email).size() == 1);
        assertThat(mailer.to("stranger@example.org")).isEmpty();
    }

    @Test
    void onlySoManyLinksAreMailedToOneAddressKnownOrNot() {
        for (var email : new String[] {known("flooded@example.org"), "flooded-stranger@example.org"}) {
            for (int i = 0; i < 4; i++) {
                assertThat(new Browser(api)
                                .send("POST", "/v1/sign_in/email", body(email))
                                .status())
                        .isEqualTo(202);
            }
            assertThat(new Browser(api)
                            .send("POST", "/v1/sign_in/email", body(email))
                            .refused(429, "too_many_mails")
                            .string("detail"))
                    .contains("seconds");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> mailer.to("flooded@example.org").size() == 4);
    }

    @Test
    void onlySoManyLinksAreAskedForFromOneAddress() {
        try (var strict = ApiServer.start(Map.of(
                "carillon.testing.recording-mailer", "true",
                "carillon.sign-in.per-address", "2",
                "carillon.trusted-proxies", "127.0.0.1,::1"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(ask(strict, "a" + i, "203.0.113.7").status()).isEqualTo(202);
                assertThat(ask(strict, "b" + i, "2001:db8::" + i).status()).isEqualTo(202);
            }
            ask(strict, "a2", "203.0.113.7").refused(429, "too_many_mails");
            ask(strict, "b2", "2001:db8::ffff").refused(429, "too_many_mails");
            assertThat(ask(strict, "c", "203.0.113.8").status()).isEqualTo(202);
        }
    }

    // Otherwise anyone could block a user's sign-in by requesting links for their address.
    @Test
    void strangersWhoAskForSomebodysLinksHoldOffThemselves() {
        try (var strict = ApiServer.start(Map.of(
                "carillon.testing.recording-mailer", "true",
                "carillon.sign-in.per-email", "6",
                "carillon.sign-in.per-email-and-address", "2",
                "carillon.trusted-proxies", "127.0.0.1,::1"))) {
            strict.carillon().bean(UserService.class).findOrMake(new EmailAddress("ada@example.org"));
            var home = "198.51.100.1";
            var ada = new Browser(strict);
            assertThat(ada.send(ada.request("POST", "/v1/sign_in/email", body("ada@example.org"))
                                    .header("X-Forwarded-For", home))
                            .status())
                    .isEqualTo(202);
            var link = strict.carillon().bean(RecordingMailer.class).link("ada@example.org", 1);
            assertThat(ada.send("POST", URI.create(link).getPath(), null).status())
                    .isEqualTo(200);
            for (int stranger = 0; stranger < 2; stranger++) {
                var from = "203.0.113." + stranger;
                assertThat(ask(strict, "ada", from).status()).isEqualTo(202);
                assertThat(ask(strict, "ada", from).status()).isEqualTo(202);
                ask(strict, "ada", from).refused(429, "too_many_mails");
            }
            assertThat(ask(strict, "ada", "198.51.100.2").status())
                    .as("from a new address")
                    .isEqualTo(202);
            ask(strict, "ada", "203.0.113.9").refused(429, "too_many_mails");

            assertThat(ask(strict, "ada", home).status())
                    .as("from an address where she has signed in before")
                    .isEqualTo(202);

            ask(strict, "ada", home).refused(429, "too_many_mails");
        }
    }

    private static ApiServer.Reply ask(ApiServer server, String name, String from) {
        var browser = new Browser(server);
        return browser.send(browser.request("POST", "/v1/sign_in/email", body(name + "@example.org"))
                .header("X-Forwarded-For", from));
    }

    @Test
    void aPersonSeesPagesAndNoJson() {
        var email = known("person@example.org");
        var browser = new Browser(api);
        browser.send("POST", "/v1/sign_in/email", body(email));
        var path = linkPath(email, 1);

        var other = new Browser(api)
                .send(new Browser(api).request("POST", path, null).header("Accept", "text/html"));
        var page = browser.send(browser.request("POST", path, null)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", "http://localhost:" + api.port()));

        assertThat(other.status()).isEqualTo(403);
        assertThat(other.text()).contains("<h1>You are not signed in</h1>");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<h1>You are signed in</h1>");
        assertThat(browser.get("/v1/session").status()).isEqualTo(200);
    }

    // Otherwise another site could make a browser sign in as a different user.
    @Test
    void anotherSitesFormsSignNobodyIn() {
        var email = known("lured@example.org");
        var browser = new Browser(api);
        browser.send(browser.request("POST", "/v1/sign_in/email", body(email)).header("Origin", "https://evil.example"))
                .refused(403, "csrf_token_invalid");
        browser.send("POST", "/v1/sign_in/email", body(email));
        var path = linkPath(email, 1);

        browser.send(browser.request("POST", path, null).header("Origin", "https://evil.example"))
                .refused(403, "csrf_token_invalid");
        browser.send(browser.request("POST", path, null).header("Origin", "null"))
                .refused(403, "csrf_token_invalid");
        browser.send(browser.request("POST", path, null).header("Sec-Fetch-Site", "cross-site"))
                .refused(403, "csrf_token_invalid");
        assertThat(browser.send("POST", path, null).status())
                .as("the link still works")
                .isEqualTo(200);
    }

    @Test
    void whatIsNoAddressIsRefusedByName() {
        for (var wrong : new String[] {"\"ada\"", "\"\"", "5", "\"a@b\\r\\nBcc: c@d.org\""}) {
            assertThat(new Browser(api)
                            .send("POST", "/v1/sign_in/email", "{\"email\":" + wrong + "}")
                            .refused(422, "invalid_parameter")
                            .string("param"))
                    .isEqualTo("/email");
        }
    }

    @Test
    void mailsLinkToThePublicUrlAndToNoHostThatARequestNames() {
        try (var named = ApiServer.start(Map.of(
                "carillon.testing.recording-mailer", "true", "carillon.public-url", "https://carillon.example/"))) {
            named.carillon().bean(UserService.class).findOrMake(new EmailAddress("ada@example.org"));
            new Browser(named).send("POST", "/v1/sign_in/email", body("ada@example.org"));

            assertThat(named.carillon().bean(RecordingMailer.class).link("ada@example.org", 1))
                    .startsWith("https://carillon.example/v1/sign_in/email/");
        }
    }
}
