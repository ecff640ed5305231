package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in at a misbehaving provider: it signs no one in and causes no internal error. */
class OidcTroubleOverHttpTest {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String START = "/v1/sign_in/oidc/played/start";

    private static SimulatedProvider provider;
    private static SimulatedProvider elsewhere;
    private static ApiServer api;

    @BeforeAll
    static void start() {
        provider = new SimulatedProvider();
        elsewhere = new SimulatedProvider();
        var settings = new HashMap<>(provider.settings());
        settings.put("carillon.sign-up", "open");
        settings.put("carillon.oidc.providers", "played,poster");
        settings.put("carillon.oidc.poster.issuer", provider.issuer());
        settings.put("carillon.oidc.poster.client-id", "client-1");
        settings.put("carillon.oidc.poster.response-mode", "form_post");
        api = ApiServer.start(settings);
    }

    @AfterAll
    static void stop() {
        api.close();
        provider.close();
        elsewhere.close();
    }

    @BeforeEach
    void behave() {
        provider.behave();
    }

    /** The reply to a browser that returns from the provider. */
    private static Reply signIn() {
        var browser = new Browser(api);
        return browser.get(callback(browser));
    }

    private static String callback(Browser browser) {
        var away = browser.get(START);
        assertThat(away.status()).as(away.text()).isEqualTo(303);
        return Redirects.pathOf(
                provider.authorized(URI.create(away.header("Location").orElseThrow())));
    }

    private static void isUnreachable(Reply reply) {
        assertThat(reply.refused(503, "identity_provider_unreachable").string("detail"))
                .contains("Played Accounts");
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.setCookies()).noneMatch(cookie -> cookie.contains("session"));
    }

    private static void isUnusable(Reply reply, String reason) {
        assertThat(reply.refused(502, "identity_provider_reply_invalid").string("detail"))
                .contains("Played Accounts")
                .contains(reason);
        assertThat(reply.setCookies()).noneMatch(cookie -> cookie.contains("session"));
    }

    @Test
    void aProviderThatBehavesSignsPeopleIn() {
        assertThat(signIn().status()).isEqualTo(200);
    }

    // Such a provider's page posts a form from its own site, and browsers do not send SameSite=Lax cookies with it.
    @Test
    void aProviderThatPostsItsAnswerSignsPeopleIn() {
        var browser = new Browser(api);
        var away = browser.get("/v1/sign_in/oidc/poster/start?return_to=/there");
        var sentTo = URI.create(away.header("Location").orElseThrow());
        assertThat(SimulatedProvider.query(sentTo)).containsEntry("response_mode", "form_post");
        assertThat(away.setCookies())
                .singleElement()
                .asString()
                .startsWith("__Host-carillon_oidc_form=")
                .contains("SameSite=None", "Secure", "HTTPOnly");
        var answer = provider.authorized(sentTo);
        var form = answer.getRawQuery() + "&user=%7B%22name%22%3A%22Grace%22%7D";

        posted(new Browser(api), answer, form).refused(400, "sign_in_not_under_way");
        var home = posted(browser, answer, form);

        assertThat(home.status()).as(home.text()).isEqualTo(303);
        assertThat(home.header("Location")).hasValue("/there");
        assertThat(browser.get("/v1/session").text()).contains("grace@example.com");
        assertThat(browser.cookies()).doesNotContainKey("__Host-carillon_oidc_form");
        posted(browser, answer, form).refused(400, "sign_in_not_under_way");
    }

    @Test
    void whatIsNoFormAndWhatNobodyWasToPostSignsNobodyIn() {
        var browser = new Browser(api);
        var away = browser.get("/v1/sign_in/oidc/poster/start");
        var answer = provider.authorized(URI.create(away.header("Location").orElseThrow()));

        posted(browser, answer, "state=%zz").refused(400, "invalid_request");
        posted(browser, answer, answer.getRawQuery() + "&code=code-2").refused(400, "invalid_request");
        posted(browser, URI.create(callback(browser)), answer.getRawQuery()).refused(400, "invalid_request");
        posted(browser, answer, "{}").refused(400, "sign_in_not_under_way");
    }

    private static Reply posted(Browser browser, URI callback, String form) {
        return browser.send(browser.request("POST", callback.getPath(), form)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .setHeader("Origin", "https://provider.example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCOVERY, "/keys", "/token"})
    void aProviderThatHangsIsGivenUpAfterItsTime(String path) {
        provider.hangsAt(path);

        long start = System.nanoTime();
        var browser = new Browser(api);
        isUnreachable(path.equals(DISCOVERY) ? browser.get(START) : browser.get(callback(browser)));

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    }

    // Otherwise the last of ten people would wait ten times as long as the first.
    @Test
    void allWhoWaitForAProviderThatHangsWaitTogether() {
        provider.hangsAt(DISCOVERY);
        int before = provider.timesAsked(DISCOVERY);

        long start = System.nanoTime();
        var waiting = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> isUnreachable(new Browser(api).get(START))))
                .toList();
        waiting.forEach(OidcTroubleOverHttpTest::join);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThat(provider.timesAsked(DISCOVERY) - before).isBetween(1, 4);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCOVERY, "/keys", "/token"})
    void aProviderThatIsDownIsNamed(String path) {
        provider.answers(path, 500, "<h1>Guru meditation</h1>");

        var browser = new Browser(api);
        isUnreachable(path.equals(DISCOVERY) ? browser.get(START) : browser.get(callback(browser)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html></html>",
                "[]",
                "null",
                "\"text\"",
                "{",
                "{}",
                "{\"issuer\":5}",
                "{\"keys\":\"none\"}",
                "{\"keys\":[{\"kty\":\"RSA\"}]}",
                "{\"keys\":[{\"kty\":5}]}",
                "{\"keys\":[null]}",
                "{\"id_token\":\"x\"}",
                "{\"id_token\":\"a.b.c\",\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
                "{\"id_token\":\"e30.e30.\",\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
                "{\"id_token\":\"eyJhbGciOiJub25lIn0.e30.\",\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
                "{\"id_token\":null,\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
                "{\"id_token\":\"x\",\"access_token\":[],\"token_type\":{}}"
            })
    void whatAProviderTalksThatIsNoAnswerIsCalledThat(String garbage) {
        for (var path : List.of(DISCOVERY, "/keys", "/token")) {
            provider.behave();
            provider.answers(path, 200, garbage);

            var browser = new Browser(api);
            isUnusable(path.equals(DISCOVERY) ? browser.get(START) : browser.get(callback(browser)), "cannot be used");
        }
    }

    @Test
    void nestedOrEndlessAnswersAreCutOff() {
        for (var body : List.of("{\"a\":".repeat(30_000), "{\"a\":\"" + "x".repeat(400_000) + "\"}")) {
            provider.answers(DISCOVERY, 200, body);

            isUnusable(new Browser(api).get(START), "discovery document");
        }
    }

    @Test
    void aRefusalOfTheCodeIsToldInTheProvidersOwnWord() {
        provider.answers("/token", 400, "{\"error\":\"invalid_grant\",\"error_description\":\"<b>used</b>\"}");

        assertThat(signIn().refused(403, "sign_in_refused").string("detail"))
                .isEqualTo("Played Accounts did not complete the sign-in: invalid_grant (<b>used</b>).");
    }

    // Otherwise a discovery document could make our server call addresses in the operator's network.
    @Test
    void whatAProviderNamesItselfIsNotTrustedAsTheProviderIs() {
        var paths = Map.of("token_endpoint", "/token", "jwks_uri", "/keys");
        paths.forEach((name, path) -> {
            provider.document(Map.of(name, elsewhere.issuer() + path));

            isUnusable(signIn(), "is not allowed");
        });
        assertThat(elsewhere.timesAsked("/token") + elsewhere.timesAsked("/keys"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {DISCOVERY, "/keys", "/token"})
    void redirectsAreNotFollowed(String path) {
        provider.redirects(path, elsewhere.issuer() + path);

        var browser = new Browser(api);
        var reply = path.equals(DISCOVERY) ? browser.get(START) : browser.get(callback(browser));

        assertThat(reply.refused(502, "identity_provider_reply_invalid").string("detail"))
                .contains("Played Accounts");
        assertThat(elsewhere.timesAsked(path)).isZero();
    }

    @Test
    void aDocumentOfAnotherIssuerIsRefused() {
        for (var other : List.of(provider.issuer() + "/", elsewhere.issuer(), "https://localhost")) {
            provider.document(Map.of("issuer", other));

            isUnusable(new Browser(api).get(START), "does not name the issuer");
        }
    }

    @Test
    void aProviderThatSignsWithSecretsOrNotAtAllIsRefused() {
        provider.document(Map.of("id_token_signing_alg_values_supported", List.of("HS256", "none")));

        isUnusable(new Browser(api).get(START), "no accepted algorithm");
    }

    @Test
    void aBrowserIsSentToNoAddressThatIsNone() {
        for (var address : List.of("javascript:alert(1)", "ftp://localhost/", "/authorize", "data:text/html,x")) {
            provider.document(Map.of("authorization_endpoint", address));

            isUnusable(new Browser(api).get(START), "discovery document");
        }
    }

    @Test
    void aTokenForSeveralHasToSayForWhomItIs() {
        provider.claims(Map.of("aud", List.of("client-1", "client-2")));
        isUnusable(signIn(), "for this service alone");

        provider.claims(Map.of("aud", List.of("client-1", "client-2"), "azp", "client-2"));
        isUnusable(signIn(), "for this service alone");

        provider.claims(Map.of("aud", List.of("client-1", "client-2"), "azp", "client-1"));
        assertThat(signIn().status()).isEqualTo(200);
    }

    @Test
    void aTokenOfOurOwnClockIsWantedGiveOrTakeAMinute() {
        var now = Clock.systemUTC().instant();
        provider.claims(Map.of("exp", now.minusSeconds(90).getEpochSecond()));
        isUnusable(signIn(), "ID token");

        provider.claims(Map.of("iat", now.plusSeconds(90).getEpochSecond()));
        isUnusable(signIn(), "ID token");

        provider.claims(Map.of(
                "exp",
                now.minusSeconds(20).getEpochSecond(),
                "iat",
                now.plusSeconds(20).getEpochSecond()));
        assertThat(signIn().status()).isEqualTo(200);
    }

    @Test
    void aTokenThatLacksWhatItHasToHaveIsRefused() {
        for (var claim : List.of("iss", "sub", "aud", "exp", "iat", "nonce")) {
            var without = new HashMap<String, Object>();
            without.put(claim, null);
            provider.claims(without);

            isUnusable(signIn(), "ID token");
        }
    }

    // PostgreSQL cannot store a NUL character; a provider that sends one must not cause an internal error.
    @Test
    void whatCannotBeKeptOfAPersonIsLeftOutAndNobodyIsCalledByIt() {
        for (var subject : List.of("a\u0000b", "x".repeat(256), " ", "naïve")) {
            provider.claims(Map.of("sub", subject));

            isUnusable(signIn(), "ID token");
        }
        for (var name : List.of("Grace\u0000", "Grace\n", "x".repeat(5_000))) {
            provider.claims(Map.of("name", name, "picture", List.of(name)));

            assertThat(signIn().status()).as(name).isEqualTo(200);
        }
    }

    @Test
    void aPersonInABrowserGetsAPageAndNothingInItRuns() {
        provider.answers("/token", 400, "{\"error\":\"invalid_grant\",\"error_description\":\"<script>x</script>\"}");
        var browser = new Browser(api);

        var page = browser.send(browser.request("GET", callback(browser), null)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'"));
        assertThat(page.text())
                .contains("You are not signed in", "&lt;script&gt;", "sign_in_refused", "req_")
                .doesNotContain("<script");
    }
}
