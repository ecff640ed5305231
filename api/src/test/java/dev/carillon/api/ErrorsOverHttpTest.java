package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsOverHttpTest {
    private static ApiServer api;
    private static String account;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        account = api.account("errors");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void withoutAKeyNobodyIsLetIn() {
        var none = api.exchange(HttpRequest.newBuilder(api.uri("/v1/posts")));

        none.refused(401, "authentication_required");
        assertThat(none.header("WWW-Authenticate")).contains("Bearer");
        api.get("/v1/me", "crl_test_unknown").refused(401, "api_key_invalid");
        api.exchange(HttpRequest.newBuilder(api.uri("/v1/me")).header("Authorization", "Basic abc"))
                .refused(401, "authentication_required");
    }

    @Test
    void eitherHeaderCarriesTheKeyAndBothMustAgree() {
        var ours = HttpRequest.newBuilder(api.uri("/v1/me")).header("x-api-key", api.testKey());
        assertThat(api.exchange(ours).status()).isEqualTo(200);
        assertThat(api.exchange(ApiServer.withKey(ours, api.testKey())).status())
                .isEqualTo(200);
        api.exchange(ApiServer.withKey(ours, api.liveKey())).refused(401, "conflicting_credentials");
    }

    @Test
    void whatHttpItselfRefusesHasTheSameShape() {
        api.get("/v1/nowhere").refused(404, "route_not_found");
        api.get("/").refused(404, "route_not_found");
        var put = api.exchange(api.request("PUT", "/v1/posts", "{}"));
        put.refused(405, "method_not_allowed");
        assertThat(put.header("Allow").orElseThrow()).contains("GET").contains("POST");
        api.exchange(api.request("POST", "/v1/posts", "{}").setHeader("Content-Type", "text/xml"))
                .refused(415, "unsupported_media_type");
        api.exchange(api.request("GET", "/v1/posts", null).setHeader("Accept", "text/xml"))
                .refused(406, "not_acceptable");
        api.post("/v1/posts", "{\"text\":\"%s\"}".formatted("x".repeat(2_000_000)))
                .refused(413, "body_too_large");
    }

    @Test
    void theCallersTraceIsCarriedOn() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var request =
                api.request("GET", "/v1/nowhere", null).header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        assertThat(api.exchange(request).refused(404, "route_not_found").json()).containsEntry("trace_id", trace);
    }

    static Stream<String> hostileBodies() {
        return Stream.of(
                "",
                "nonsense",
                "[]",
                "null",
                "\"text\"",
                "{",
                "{\"text\":\"a\"} {}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{\"text\":\"a\\u0000b\"}",
                "{\"text\":\"\\ud800\"}",
                "{\"text\":1e999}",
                "{\"text\":99999999999999999999999999}",
                "{\"text\":" + "9".repeat(5_000) + "}",
                "{\"text\":NaN}",
                "{'text':'a'}",
                "{\"text\":\"a\",}",
                "{\"a\":".repeat(40) + "1" + "}".repeat(40),
                "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("hostileBodies")
    void aBodyThatIsNoCleanJsonObjectIsRefused(String body) {
        api.post("/v1/posts", body).refused(400, "body_not_json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                ``                         | The body is empty
                []                         | not an object; send an object
                {"text":"a"}{              | line 1, column 13; send only the object
                {"text":"a\\u0000b"}       | line 1, column 9 contains the character NUL
                {"text":"\\ud800"}         | half of a surrogate pair; send the whole character
                {"text":1e999}             | line 1, column 9 is out of range
                {"wait":9223372036854775808} | line 1, column 9 does not fit into a signed 64-bit integer
                {"wait":NaN}               | line 1, column
                {"a":1,"a":2}              | an object has the same field twice
                """)
    void whereAndWhyABodyIsNotJsonIsSaid(String body, String said) {
        assertThat(api.post("/v1/posts", body).refused(400, "body_not_json").string("detail"))
                .contains(said);
    }

    @Test
    void theLimitsOfTheServerAreSaid() throws IOException {
        assertThat(api.post("/v1/posts", "{\"text\":\"%s\"}".formatted("x".repeat(2_000_000)))
                        .string("detail"))
                .contains("more than 1048576 bytes");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
                .contains("8192 bytes", "16384");
    }

    @Test
    void aRefusalSaysHowToMendIt() {
        var post = api.post("/v1/posts", postBody(account, "mends", "\"draft\""));
        var publication = "/v1/publications/" + post.ids("publications").getFirst();

        assertThat(detail(api.post(publication + "/resolve", "{\"outcome\":\"not_published\"}")))
                .contains("\"retry\" or \"fail\"");
        assertThat(detail(api.post(publication + "/reconcile", ""))).contains("can be reconciled");
        assertThat(detail(api.post(publication + "/delete", ""))).contains("only published publications");
        assertThat(detail(api.post("/v1/posts/" + post.string("id") + "/retry", "")))
                .contains("only those can be retried");
        assertThat(detail(api.post("/v1/webhook_endpoints", "{\"url\":\"https://a.example\",\"events\":[]}")))
                .contains("or * for all");
        assertThat(detail(api.get("/v1/posts?cursor=nonsense"))).contains("send `next_cursor` unchanged");
        assertThat(detail(api.get("/v1/me?limit=1"))).contains("It takes none; remove it.");
        api.post("/v1/posts/" + post.string("id") + "/cancel", "");
        assertThat(detail(api.post("/v1/posts", "{\"targets\":[7]}"))).contains("an object");
    }

    private static String detail(Reply refused) {
        assertThat(refused.status()).as(refused.text()).isBetween(400, 499);
        return refused.string("detail");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        var latin = HttpRequest.BodyPublishers.ofByteArray("{\"text\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));

        api.exchange(api.request("POST", "/v1/posts", "").method("POST", latin)).refused(400, "body_not_json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"txt":"a"}                                        | unknown_parameter | /txt
                {"media":[{"media_id":"med_1"}]}                   | unknown_parameter | /media
                {"targets":[{"account_id":"%s","txt":1}]}          | unknown_parameter | /targets/0/txt
                {"publish":"next_slot"}                            | unknown_parameter | /publish
                {"a/b~c":1}                                        | unknown_parameter | /a~1b~0c
                {"text":1}                                         | invalid_parameter | /text
                {"targets":"all"}                                  | invalid_parameter | /targets
                {"targets":[1]}                                    | invalid_parameter | /targets/0
                {"targets":[null]}                                 | invalid_parameter | /targets/0
                {"targets":[{}]}                                   | invalid_parameter | /targets/0/account_id
                {"publish":"soon"}                                 | invalid_parameter | /publish
                {"publish":{"at":"tomorrow"}}                      | invalid_parameter | /publish/at
                {"publish":{"at":"2999-01-01T00:00:00Z"},"targets":[{"account_id":"%s"}],"text":"a"} | invalid_parameter | /publish/at
                {"publish":{"at":"2026-01-01T00:00:00Z"},"allow_past":1} | invalid_parameter | /allow_past
                {"metadata":{"a":1}}                               | invalid_parameter | /metadata/a
                {"targets":[]}                                     | no_targets        | /targets
                {}                                                 | no_targets        | /targets
                {"publish":{"at":"2020-01-01T00:00:00Z"},"targets":[{"account_id":"%s"}],"text":"a"} | time_in_past | /publish/at
                {"targets":[{"account_id":"%s"}]}                  | content_invalid   | /text
                """)
    void aFieldThatIsWrongIsNamed(String body, String code, String param) {
        var refused = api.post("/v1/posts", body.replace("%s", account)).refused(422, code);

        assertThat(refused.json()).containsEntry("param", param);
    }

    @Test
    void aNearNameIsSuggestedAndWhatComesLaterIsSaidToComeLater() {
        assertThat(api.post("/v1/posts", "{\"txt\":\"a\"}").string("detail")).contains("Did you mean text?");
        assertThat(api.post("/v1/posts", "{\"dry_run\":true}").string("detail")).contains("not available yet");
        assertThat(api.get("/v1/posts?stat=x").refused(422, "unknown_parameter").string("detail"))
                .contains("status");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/posts?limit=0,limit",
        "/v1/posts?limit=101,limit",
        "/v1/posts?limit=abc,limit",
        "/v1/posts?limit=1&limit=2,limit",
        "/v1/posts?status=gone,status",
        "/v1/events?type=%00,type",
        "/v1/events?object_id=a%0Ab,object_id",
        "/v1/usage?from=yesterday,from",
        "/v1/usage?group_by=mood,group_by",
        "/v1/usage?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z,from",
        "/v1/accounts?platform=blusky,platform",
        "/v1/sandbox/posts?account_id=nonsense,account_id"
    })
    void aQueryParameterThatIsWrongIsNamed(String path, String param) {
        assertThat(api.get(path).refused(422, "invalid_parameter").json()).containsEntry("param", param);
    }

    @Test
    void aForeignCursorIsRefused() {
        for (var path : new String[] {"/v1/posts", "/v1/accounts", "/v1/events", "/v1/webhook_endpoints"}) {
            api.get(path + "?cursor=nonsense").refused(400, "invalid_cursor");
        }
    }

    @Test
    void whatIsNoHttpIsRefusedInTheSameShape() throws IOException {
        assertThat(raw("GET /v1/posts?limit=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("application/problem+json", "\"request_id\":\"req_");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .contains("application/problem+json", "\"request_id\":\"req_");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
                .contains(" 431 ", "headers_too_large", "\"request_id\":\"req_");
        assertThat(raw("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .contains("headers_too_large", "\"request_id\":\"req_");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void longTextsAreTakenUpToTheLimit() {
        Reply fits = api.post("/v1/posts", postBody(account, "x".repeat(100_000), "\"draft\""));
        assertThat(fits.status()).isEqualTo(201);
        api.post("/v1/posts", postBody(account, "x".repeat(100_001), "\"draft\""))
                .refused(422, "invalid_parameter");
    }
}
