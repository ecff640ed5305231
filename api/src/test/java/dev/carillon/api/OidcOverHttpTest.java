package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.testkit.peers.OpenIdProvider;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in through a third-party OpenID Connect server, with a browser that keeps cookies. */
@Tag("slow")
class OidcOverHttpTest {
    private static final String SIGN_IN = "__Host-carillon_oidc";
    private static final String START = "/v1/sign_in/oidc/mock/start";

    private static OpenIdProvider provider;
    private static ApiServer api;

    @BeforeAll
    static void start() {
        provider = OpenIdProvider.startOrSkip();
        api = ApiServer.start(settings());
    }

    private static Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put("carillon.sign-up", "open");
        settings.put("carillon.oidc.providers", "mock,staff");
        for (var id : List.of("mock", "staff")) {
            settings.put("carillon.oidc.%s.issuer".formatted(id), provider.issuer());
            settings.put("carillon.oidc.%s.client-id".formatted(id), "client-1");
            settings.put("carillon.oidc.%s.client-secret".formatted(id), "a secret/of ours");
        }
        settings.put("carillon.oidc.mock.name", "Mock Accounts");
        settings.put("carillon.oidc.staff.allowed-email-domains", "example.org, Example.NET");
        settings.put("carillon.oidc.staff.required-claims", "groups=editors");
        return settings;
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
            provider.close();
        }
    }

    @BeforeEach
    void behave() {
        provider.next(Map.of());
    }

    private static URI away(Browser browser, String start) {
        var away = browser.get(start);
        assertThat(away.status()).as(away.text()).isEqualTo(303);
        return URI.create(away.header("Location").orElseThrow());
    }

    /** The path and query to which the provider sends the browser back. */
    private static String callback(Browser browser, String start) {
        return Redirects.pathOf(Redirects.by(away(browser, start)));
    }

    private static Reply signIn(Browser browser) {
        return browser.get(callback(browser, START));
    }

    private static Reply refused(Map<String, Object> next) {
        provider.next(next);
        var browser = new Browser(api);
        var reply = signIn(browser);
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        isSignedOut(browser);
        return reply;
    }

    private static void isSignedOut(Browser browser) {
        browser.get("/v1/session").refused(401, "authentication_required");
    }

    private static Reply session(Browser browser) {
        var session = browser.get("/v1/session");
        assertThat(session.status()).as(session.text()).isEqualTo(200);
        return session;
    }

    @Test
    void theProvidersAreListedForASignInPage() {
        var list = new Browser(api).get("/v1/sign_in/providers");

        assertThat(list.json().get("data"))
                .asInstanceOf(LIST)
                .filteredOn(each -> "oidc".equals(((Map<?, ?>) each).get("kind")))
                .containsExactly(
                        Map.of(
                                "id", "mock",
                                "object", "sign_in_provider",
                                "kind", "oidc",
                                "name", "Mock Accounts",
                                "start_url", START),
                        Map.of(
                                "id", "staff",
                                "object", "sign_in_provider",
                                "kind", "oidc",
                                "name", "staff",
                                "start_url", "/v1/sign_in/oidc/staff/start"));
        assertThat(list.text()).contains("/v1/sign_in/email");
    }

    @Test
    void somebodySignsInAndComesToWhereTheyWantedToGo() {
        var browser = new Browser(api);

        var asked = SimulatedProvider.query(away(browser, START + "?return_to=/inbox%3Ftab%3D1"));
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "client-1")
                .containsEntry(
                        "redirect_uri",
                        api.uri("/v1/sign_in/oidc/mock/callback").toString())
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid email profile");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(asked.get("nonce")).hasSize(43).isNotEqualTo(asked.get("state"));
        assertThat(asked.get("code_challenge"))
                .hasSize(43)
                .isNotEqualTo(browser.cookies().get(SIGN_IN));

        var home = browser.get(callback(browser, START + "?return_to=/inbox%3Ftab%3D1"));

        assertThat(home.status()).as(home.text()).isEqualTo(303);
        assertThat(home.header("Location")).contains("/inbox?tab=1");
        assertThat(home.header("Referrer-Policy")).contains("no-referrer");
        assertThat(browser.cookies().get(SIGN_IN)).isNull();
        assertThat(session(browser).text()).contains("ada@example.com", "Ada");
    }

    @Test
    void theCookieOfASignInIsForTheServerAloneAndShort() {
        var away = new Browser(api).get(START);

        assertThat(away.setCookies()).singleElement().satisfies(cookie -> assertThat(cookie)
                .startsWith(SIGN_IN + "=")
                .contains("HTTPOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=600")
                .doesNotContain("Domain"));
    }

    @Test
    void whoComesAgainIsTheSamePersonWhateverTheirAddressIsByThen() {
        var first = new Browser(api);
        provider.next(Map.of("claims", Map.of("sub", "twice", "email", "twice@example.com")));
        signIn(first);

        var second = new Browser(api);
        provider.next(Map.of("claims", Map.of("sub", "twice", "email", "moved@example.com", "email_verified", false)));
        assertThat(signIn(second).status()).isEqualTo(200);

        assertThat(session(second).text()).contains("twice@example.com").doesNotContain("moved@example.com");
    }

    // Otherwise an attacker could enter a user's address at a provider and take over the user's account.
    @Test
    void anAddressThatNobodyHasVerifiedIsNobodys() {
        var owner = new Browser(api);
        provider.next(Map.of("claims", Map.of("sub", "owner", "email", "owned@example.com")));
        signIn(owner);

        for (var verified : List.of(false, "false", "yes", 1)) {
            refused(Map.of("claims", Map.of("sub", "thief", "email", "Owned@Example.com", "email_verified", verified)))
                    .refused(403, "email_not_verified");
        }
        refused(Map.of(
                        "claims",
                        Map.of("sub", "thief", "email", "owned@example.com"),
                        "without",
                        List.of("email_verified")))
                .refused(403, "email_not_verified");
    }

    @Test
    void withoutAnAddressInTheTokenTheProviderIsAskedForIt() {
        var userinfo = Map.of("sub", "asked", "email", "asked@example.com", "email_verified", true);
        provider.next(Map.of(
                "claims", Map.of("sub", "asked"), "without", List.of("email", "email_verified"), "userinfo", userinfo));
        var browser = new Browser(api);

        assertThat(signIn(browser).status()).isEqualTo(200);

        assertThat(session(browser).text()).contains("asked@example.com");
    }

    // Otherwise an attacker could substitute another person's profile (OpenID Connect Core 1.0, 5.3.2).
    @Test
    void aProfileOfSomebodyElseIsRefused() {
        refused(Map.of(
                        "without",
                        List.of("email", "email_verified"),
                        "userinfo",
                        Map.of("sub", "other", "email", "other@example.com", "email_verified", true)))
                .refused(502, "identity_provider_reply_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tampered", "unsigned", "hmac"})
    void aForgedTokenIsRefused(String forgery) {
        refused(Map.of("forge", forgery)).refused(502, "identity_provider_reply_invalid");
    }

    @Test
    void aTokenThatIsNotForThisSignInIsRefused() {
        long now = Clock.systemUTC().instant().getEpochSecond();
        for (var claims : List.of(
                Map.<String, Object>of("nonce", "another"),
                Map.<String, Object>of("aud", "another client"),
                Map.<String, Object>of("aud", List.of("another client")),
                Map.<String, Object>of("azp", "another client"),
                Map.<String, Object>of("iss", provider.issuer() + "/"),
                Map.<String, Object>of("exp", now - 3600, "iat", now - 7200),
                Map.<String, Object>of("iat", now + 3600))) {
            refused(Map.of("claims", claims)).refused(502, "identity_provider_reply_invalid");
        }
        refused(Map.of("without", List.of("nonce"))).refused(502, "identity_provider_reply_invalid");
    }

    @Test
    void aKeyThatIsNewIsFetchedAndOneThatIsKnownIsNot() {
        provider.rotateKey("ES256");
        assertThat(signIn(new Browser(api)).status()).isEqualTo(200);
        int asked = provider.keysAsked();
        assertThat(signIn(new Browser(api)).status()).isEqualTo(200);
        assertThat(provider.keysAsked()).isEqualTo(asked);

        provider.rotateKey("RS256");
        assertThat(signIn(new Browser(api)).status()).isEqualTo(200);
        assertThat(provider.keysAsked()).isEqualTo(asked + 1);
    }

    @Test
    void aKeyThatTheProviderDoesNotHaveOpensNothing() {
        refused(Map.of("header", Map.of("kid", "unheard of"))).refused(502, "identity_provider_reply_invalid");
    }

    @Test
    void whatTheProviderSaysInPlaceOfACodeIsTold() {
        var reply = refused(Map.of("error", "access_denied", "errorDescription", "The person pressed \"Cancel\""));

        assertThat(reply.refused(403, "sign_in_refused").string("detail"))
                .isEqualTo("Mock Accounts did not complete the sign-in: access_denied (The person pressed ?Cancel?).");
    }

    @Test
    void anAnswerThatCountedOnceCountsNoMore() {
        var browser = new Browser(api);
        var cookie = away(browser, START);
        var kept = browser.cookies().get(SIGN_IN);
        var callback = Redirects.pathOf(Redirects.by(cookie));
        assertThat(browser.get(callback).status()).isEqualTo(200);

        var thief = new Browser(api);
        thief.cookies().put(SIGN_IN, String.valueOf(kept));
        thief.get(callback).refused(400, "sign_in_not_under_way");
        isSignedOut(thief);
    }

    // Otherwise an attacker could sign a victim in to the attacker's account and read what the victim writes there.
    @Test
    void anAnswerOfAnotherBrowsersSignInIsRefusedAndStaysGoodThere() {
        var attacker = new Browser(api);
        var callback = callback(attacker, START);
        var victim = new Browser(api);

        victim.get(callback).refused(400, "sign_in_not_under_way");
        away(victim, START);
        victim.get(callback).refused(400, "sign_in_not_under_way");
        isSignedOut(victim);

        assertThat(attacker.get(callback).status()).isEqualTo(200);
    }

    @Test
    void anAnswerOfOneProviderIsNoneOfAnother() {
        var browser = new Browser(api);
        var callback = callback(browser, START);

        browser.get(callback.replace("/mock/", "/staff/")).refused(400, "sign_in_not_under_way");
        assertThat(refused(Map.of("iss", "https://honest.example"))
                        .refused(502, "identity_provider_reply_invalid")
                        .string("detail"))
                .contains("does not name the issuer");
    }

    @Test
    void aSignInThatTookMoreThanTenMinutesIsOver() throws SQLException {
        var browser = new Browser(api);
        var callback = callback(browser, START);
        asOwner("UPDATE oidc_sign_in SET expires_at = expires_at - interval '10 minutes'");

        browser.get(callback).refused(400, "sign_in_not_under_way");
    }

    private static void asOwner(String statement) throws SQLException {
        try (var connection = api.carillon().database().asOwner().getConnection();
                var update = connection.createStatement()) {
            update.executeUpdate(statement);
        }
    }

    @Test
    void twoSignInsOfOneBrowserDoNotDisturbEachOther() {
        var browser = new Browser(api);
        var first = callback(browser, START + "?return_to=/first");
        var second = callback(browser, START + "?return_to=/second");
        var kept = String.valueOf(browser.cookies().get(SIGN_IN));

        assertThat(browser.get(second).header("Location")).contains("/second");
        browser.cookies().put(SIGN_IN, kept);
        assertThat(browser.get(first).header("Location")).contains("/first");
    }

    @Test
    void madeUpAnswersAreRefused() {
        var browser = new Browser(api);
        away(browser, START);
        for (var query : List.of(
                "", "?state=", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=" + "x".repeat(5000))) {
            browser.get("/v1/sign_in/oidc/mock/callback" + query).refused(400, "sign_in_not_under_way");
        }
        browser.get("/v1/sign_in/oidc/mock/callback?state=a&state=b").refused(422, "invalid_parameter");
        browser.get("/v1/sign_in/oidc/nobody/start").refused(404, "not_found");
        browser.get("/v1/sign_in/oidc/nobody/callback?state=x").refused(404, "not_found");
    }

    @Test
    void nobodyIsSentToAnotherPlaceThanOurs() {
        for (var elsewhere : List.of(
                "https%3A%2F%2Fevil.example",
                "%2F%2Fevil.example",
                "%2F%5Cevil.example",
                "%5C%5Cevil.example",
                "evil.example",
                "%2F%09%2Fevil.example",
                "javascript%3Aalert(1)",
                "%2Fa%0D%0ASet-Cookie%3A%20a%3Db",
                "%2F" + "x".repeat(1000))) {
            new Browser(api).get(START + "?return_to=" + elsewhere).refused(422, "invalid_parameter");
        }
    }

    @Test
    void onlyWhomTheRulesOfAProviderLetInGetIn() {
        var start = "/v1/sign_in/oidc/staff/start";
        var outside = new Browser(api);
        assertThat(outside.get(callback(outside, start))
                        .refused(403, "sign_in_not_allowed")
                        .string("detail"))
                .contains("@example.net or @example.org");

        provider.next(
                Map.of("claims", Map.of("sub", "x", "email", "x@example.org.evil.com", "groups", List.of("editors"))));
        outside.get(callback(outside, start)).refused(403, "sign_in_not_allowed");
        provider.next(Map.of(
                "claims", Map.of("sub", "x", "email", "x@example.org", "email_verified", false, "groups", "editors")));
        outside.get(callback(outside, start)).refused(403, "sign_in_not_allowed");
        provider.next(Map.of("claims", Map.of("sub", "x", "email", "x@example.org", "groups", List.of("readers"))));
        outside.get(callback(outside, start)).refused(403, "sign_in_not_allowed");
        isSignedOut(outside);

        var inside = new Browser(api);
        provider.next(Map.of(
                "claims", Map.of("sub", "staff-1", "email", "x@EXAMPLE.net", "groups", List.of("readers", "editors"))));
        assertThat(inside.get(callback(inside, start)).status()).isEqualTo(200);
    }
}
