package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.carillon.core.auth.Role;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsOverHttpTest {
    private static final String COOKIE = "__Host-carillon_session";
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("carillon.sessions.token", "2s"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Browser owner(String email) {
        return Browser.member(api, email, api.carillon().test().workspace(), Role.OWNER);
    }

    // Another site's page can make a browser send the cookie, but cannot read the token and has another origin.
    @Test
    void whatChangesSomethingNeedsTheSessionsTokenAndItsOrigin() {
        var browser = owner("csrf@example.org");
        var other = owner("other@example.org");
        var body = "{\"platform\":\"sandbox\",\"username\":\"x\"}";

        assertThat(browser.send("POST", "/v1/accounts", body).status()).isEqualTo(201);
        for (var wrong : new String[] {"", "x", String.valueOf(other.csrfToken())}) {
            assertThat(browser.send(browser.request("POST", "/v1/accounts", body)
                                    .setHeader("Carillon-CSRF", wrong))
                            .refused(403, "csrf_token_invalid")
                            .string("param"))
                    .isEqualTo("Carillon-CSRF");
        }
        for (var foreign : List.of("https://evil.example", "null", "http://localhost:1")) {
            browser.send(browser.request("POST", "/v1/accounts", body).header("Origin", foreign))
                    .refused(403, "csrf_token_invalid");
        }
        for (var site : List.of("cross-site", "same-site")) {
            browser.send(browser.request("POST", "/v1/accounts", body).header("Sec-Fetch-Site", site))
                    .refused(403, "csrf_token_invalid");
        }
        assertThat(browser.send(browser.request("POST", "/v1/accounts", body.replace("\"x\"", "\"y\""))
                                .header("Origin", "http://localhost:" + api.port())
                                .header("Sec-Fetch-Site", "same-origin"))
                        .status())
                .isEqualTo(201);
        assertThat(browser.send(browser.request("GET", "/v1/accounts", null).header("Origin", "https://evil.example"))
                        .status())
                .as("reads are allowed; the other origin cannot see the reply")
                .isEqualTo(200);
        assertThat(api.exchange(api.request("POST", "/v1/accounts", body.replace("\"x\"", "\"z\""))
                                .header("Origin", "https://anywhere.example"))
                        .status())
                .as("requests with an API key need no origin check")
                .isEqualTo(201);
    }

    @Test
    void aSessionWithoutItsTokenIsRefusedBeforeTheBodyIsRead() {
        var browser = owner("bare@example.org");
        var bare = new Browser(api).in(api.carillon().test().workspace().toString());
        bare.cookies().putAll(browser.cookies());

        bare.send("POST", "/v1/accounts", "{").refused(403, "csrf_token_invalid");
        bare.send("DELETE", "/v1/session", null).refused(403, "csrf_token_invalid");
    }

    @Test
    void aKeyAndASessionOnOneRequestAreRefused() {
        var browser = owner("both@example.org");

        browser.send(ApiServer.withKey(browser.request("GET", "/v1/me", null), api.testKey()))
                .refused(401, "conflicting_credentials");
    }

    @Test
    void signingOutEndsTheSessionOnTheServer() {
        var browser = owner("leaving@example.org");
        var stolen = new Browser(api);
        stolen.cookies().putAll(browser.cookies());
        assertThat(stolen.get("/v1/session").status()).isEqualTo(200);

        var out = browser.send("DELETE", "/v1/session", null);

        assertThat(out.status()).isEqualTo(204);
        assertThat(out.setCookies()).singleElement().satisfies(cookie -> assertThat(cookie)
                .startsWith(COOKIE + "=;")
                .contains("Max-Age=0"));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> stolen.get("/v1/session").refused(401, "session_invalid"));
    }

    @Test
    void oneSeesAndEndsOnesOwnSessions() {
        var here = owner("many@example.org");
        var there = Browser.signedIn(api, "many@example.org");
        var elsewhere = Browser.signedIn(api, "many@example.org");
        var stranger = owner("stranger@example.org").get("/v1/session").string("id");
        var id = there.get("/v1/session").string("id");

        var list = here.get("/v1/sessions");

        assertThat(list.ids("data")).hasSize(3).contains(id).doesNotContain(stranger);
        assertThat(list.text()).contains("\"user_agent\":\"A browser\"", "\"current\":true");
        assertThat(here.send("DELETE", "/v1/sessions/" + id, null).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> there.get("/v1/session").refused(401, "session_invalid"));
        here.send("DELETE", "/v1/sessions/" + id, null).refused(404, "not_found");
        here.send("DELETE", "/v1/sessions/" + stranger, null).refused(404, "not_found");
        assertThat(here.send("POST", "/v1/sessions/end_others", null).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> elsewhere.get("/v1/session").refused(401, "session_invalid"));
        assertThat(here.get("/v1/sessions").ids("data")).hasSize(1);
    }

    @Test
    void theTokenIsShortAndReplacedWhileTheSessionLives() throws ParseException {
        var browser = owner("renewed@example.org");
        var first = String.valueOf(browser.cookies().get(COOKIE));
        var claims = SignedJWT.parse(first).getJWTClaimsSet();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(2));

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            browser.get("/v1/session");
            return !first.equals(browser.cookies().get(COOKIE));
        });
        var late = new Browser(api);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            late.cookies().put(COOKIE, first);
            var reply = late.get("/v1/session");
            assertThat(reply.status()).as("the session is still valid").isEqualTo(200);
            assertThat(reply.setCookies()).hasSize(1);
        });
    }

    // Otherwise a forger could act as any user.
    @Test
    void aTokenThatWasMadeBySomebodyElseIsNone() {
        var browser = owner("forged@example.org");
        var token = String.valueOf(browser.cookies().get(COOKIE));
        var unsigned = "eyJhbGciOiJub25lIn0." + token.split("\\.", 3)[1] + ".";
        for (var wrong :
                new String[] {"x", unsigned, token.substring(0, token.length() - 4) + "AAAA", token + "x", "a.b.c"}) {
            var forger = new Browser(api);
            forger.cookies().put(COOKIE, wrong);
            forger.get("/v1/session").refused(401, "session_invalid");
        }
    }

    @Test
    void aSessionNamesItsWorkspaceAndMode() {
        var workspace = api.carillon().test().workspace().toString();
        var browser = owner("modes@example.org");

        assertThat(browser.get("/v1/me").json())
                .containsEntry("mode", "test")
                .hasEntrySatisfying("id", id -> assertThat(id.toString()).startsWith("mem_"))
                .hasEntrySatisfying("person", person -> assertThat(person.toString())
                        .contains("owner", "modes@example.org", "usr_", "mem_"));
        assertThat(browser.inMode("live").get("/v1/me").json()).containsEntry("mode", "live");
        browser.inMode("both").get("/v1/me").refused(400, "invalid_request");
        assertThat(browser.in(null)
                        .get("/v1/me")
                        .refused(400, "workspace_required")
                        .string("param"))
                .isEqualTo("Carillon-Workspace");
        assertThat(browser.get("/v1/session").text()).contains(workspace, "\"role\":\"owner\"");
    }

    @Test
    void whatAMemberMakesCarriesTheirName() {
        var browser = owner("maker@example.org");
        var member = browser.get("/v1/me").string("id");
        var account = browser.send("POST", "/v1/accounts", "{\"platform\":\"sandbox\",\"username\":\"made\"}")
                .string("id");

        var post = browser.send(
                "POST",
                "/v1/posts",
                ApiServer.postBody(
                        account, "by a person", "{\"at\":\"" + Instant.now().plusSeconds(86_400) + "\"}"));
        var key = browser.send("POST", "/v1/api_keys", "{\"name\":\"made by a person\",\"scopes\":[\"posts.read\"]}");

        assertThat(post.status()).as(post.text()).isEqualTo(201);
        assertThat(post.text()).contains("\"actor\":{\"api_key_id\":null,\"member_id\":\"" + member + "\"");
        assertThat(browser.get("/v1/posts/" + post.string("id") + "/timeline").text())
                .contains(member);
        assertThat(key.json()).containsEntry("created_by", member);
        assertThat(browser.send("POST", "/v1/posts/" + post.string("id") + "/cancel", null)
                        .status())
                .isEqualTo(200);
    }

    // Otherwise a neighbouring host could sign people in to an attacker's account and read what they write there.
    @Test
    void aCookieUnderANameThatOtherHostsMaySetOpensNothing() {
        var browser = Browser.signedIn(api, "planted@example.org");
        var token = String.valueOf(browser.cookies().remove(COOKIE));
        browser.cookies().put("carillon_session", token);

        browser.get("/v1/session").refused(401, "authentication_required");
    }
}
