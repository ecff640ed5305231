package dev.carillon.connectors.bluesky;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.carillon.connectors.GuardedHttp;
import dev.carillon.core.platform.LinksAccounts.Linking;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountLinkTest {
    private static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final WireMockServer home =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private GuardedHttp http;
    private AccountLink link;
    private String url = "";

    @BeforeEach
    void start() {
        server.start();
        home.start();
        url = urlOf(server);
        http = GuardedHttp.opening("127.0.0.1:" + server.port(), "127.0.0.1:" + home.port());
        link = new AccountLink(http.json(), http.urls());
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop();
        home.stop();
    }

    @Test
    void aSessionIsOpenedAndTheAppPasswordForgotten() {
        answer(200, session(""));

        var linked = (Linking.Linked) link.link(input(Map.of("identifier", " @alice.test ")));

        assertThat(linked.identity().externalId()).isEqualTo(DID);
        assertThat(linked.identity().username()).isEqualTo("alice.test");
        assertThat(linked.identity().serviceUrl()).isEqualTo(url);
        assertThat(linked.identity().client()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(linked.credentials().values()).containsOnlyKeys("access_jwt", "refresh_jwt");
        server.verify(postRequestedFor(anyUrl())
                .withRequestBody(equalToJson("{\"identifier\":\"alice.test\",\"password\":\"aaaa-bbbb-cccc-dddd\"}")));
    }

    /** Another user's identity document must not direct our calls into the operator's network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost",
                "http://169.254.169.254",
                "https://10.0.0.1",
                "http://pds.example.com",
                "https://user@pds.example.com",
                "https://pds.example.com/path",
                "ftp://x",
                ""
            })
    void aHomeThatTheGuardRefusesIsNotUsed(String home) {
        answer(200, session(home));

        assertThat(link.link(input(Map.of()))).isInstanceOfSatisfying(Linking.Linked.class, linked -> assertThat(
                        linked.identity().serviceUrl())
                .isEqualTo(url));
    }

    @Test
    void theHomeThatItsIdentityNamesIsUsedWhereItKnowsTheSession() {
        answer(200, session(urlOf(home)));
        home.stubFor(get(urlPathEqualTo("/xrpc/com.atproto.server.getSession"))
                .withHeader("Authorization", equalTo("Bearer a"))
                .willReturn(okJson("{\"did\":\"%s\"}".formatted(DID))));

        assertThat(link.link(input(Map.of()))).isInstanceOfSatisfying(Linking.Linked.class, linked -> {
            assertThat(linked.identity().serviceUrl()).isEqualTo(urlOf(home));
            assertThat(linked.identity().client()).isEqualTo("127.0.0.1:" + home.port());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"did\":\"did:plc:somebodyelse\"}", "{}", "<html>"})
    void aHomeThatKnowsSomebodyElseIsNotUsed(String answer) {
        answer(200, session(urlOf(home)));
        home.stubFor(any(anyUrl()).willReturn(okJson(answer)));

        assertThat(link.link(input(Map.of()))).isInstanceOfSatisfying(Linking.Linked.class, linked -> assertThat(
                        linked.identity().serviceUrl())
                .isEqualTo(url));
    }

    @Test
    void aHomeThatDoesNotKnowTheSessionIsNotUsed() {
        answer(200, session("https://nobody.invalid"));

        assertThat(link.link(input(Map.of()))).isInstanceOfSatisfying(Linking.Linked.class, linked -> assertThat(
                        linked.identity().serviceUrl())
                .isEqualTo(url));
    }

    @ParameterizedTest
    @CsvSource({
        "401, AuthenticationRequired, CredentialRejected, does not accept",
        "401, AuthFactorTokenRequired, CredentialRejected, app password",
        "401, AccountTakedown, CredentialRejected, not active",
        "400, InvalidRequest, CredentialRejected, does not accept",
        "429, RateLimitExceeded, Unreachable, Try again",
        "500, InternalServerError, Unreachable, server error",
        "404, XRPCNotSupported, InputRefused, AT Protocol",
        "302, Moved, InputRefused, AT Protocol",
        "200, NoSession, InputRefused, without an identity",
    })
    void aRefusalSaysWhatToDo(int status, String error, String kind, String words) {
        answer(status, "{\"error\":\"%s\",\"message\":\"said the server\"}".formatted(error));

        var linking = link.link(input(Map.of()));

        assertThat(linking.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(linking.toString()).contains(words);
    }

    @Test
    void aPageThatIsNoServerIsRefused() {
        answer(200, "<html>Welcome</html>");

        assertThat(link.link(input(Map.of())))
                .isInstanceOfSatisfying(Linking.InputRefused.class, refused -> assertThat(refused.field())
                        .isEqualTo("pds_url"));
    }

    @Test
    void anAccountThatIsDeactivatedIsRefused() {
        answer(200, session("").replace("\"active\":true", "\"active\":false,\"status\":\"deactivated\""));

        assertThat(link.link(input(Map.of())))
                .isInstanceOfSatisfying(Linking.CredentialRejected.class, rejected -> assertThat(rejected.message())
                        .contains("deactivated"));
    }

    @ParameterizedTest
    @CsvSource({
        "pds_url, http://127.0.0.1:1",
        "pds_url, https://10.0.0.1",
        "pds_url, nonsense",
        "pds_url, https://pds.example.com/path",
        "identifier, ' '",
        "app_password, ''",
        "app_pasword, x",
    })
    void whatCannotBeRightIsRefusedByItsField(String field, String value) {
        assertThat(link.link(input(Map.of(field, value))))
                .isInstanceOfSatisfying(Linking.InputRefused.class, refused -> assertThat(refused.field())
                        .isEqualTo(field));
        server.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aServerThatIsDownIsUnreachable() {
        server.stop();

        assertThat(link.link(input(Map.of()))).isInstanceOf(Linking.Unreachable.class);
    }

    private Map<String, String> input(Map<String, String> changes) {
        var input = new HashMap<>(
                Map.of("pds_url", url + "/", "identifier", "alice.test", "app_password", "aaaa-bbbb-cccc-dddd"));
        input.putAll(changes);
        return input;
    }

    private static String urlOf(WireMockServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    private static String session(String home) {
        return """
                {"did":"%s","handle":"alice.test","accessJwt":"a","refreshJwt":"r","active":true,"didDoc":{"service":[
                 {"id":"#other","type":"Other","serviceEndpoint":"https://other.example.com"},
                 {"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"%s"}]}}
                """.formatted(DID, home);
    }

    private void answer(int status, String body) {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }
}
