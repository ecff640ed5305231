package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxErrorsTest {
    private static SandboxServer server;
    private static SandboxClient sandbox;
    private static String account;

    @BeforeAll
    static void start() {
        server = SandboxServer.start(
                new SandboxConfig(0, null, TestStore.store(), SandboxClient.SECRET, Clock.systemUTC()));
        sandbox = new SandboxClient(server.url());
        account = sandbox.newAccount();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                                     | invalid_json
            ''                                                                                    | invalid_json
            {"platform": "bluesky", "text": "a", "client_key": "k"} trailing | invalid_json
            {"platform": "bluesky", "text": "a", "text": "b", "client_key": "k"} | invalid_json
            {"platform": "bluesky", "text": "a", "client_key": "k", "settings": {"n": 1e999}} | invalid_field
            []                                                                                    | invalid_json
            "text"                                                                                | invalid_json
            {"text": "a", "client_key": "k"}                                                      | missing_field
            {"platform": "bluesky", "client_key": "k"}                                            | missing_field
            {"platform": "bluesky", "text": null, "client_key": "k"}                              | missing_field
            {"platform": "bluesky", "text": "a"}                                                  | missing_field
            {"platform": "bluesky", "text": 7, "client_key": "k"}                                 | invalid_field
            {"platform": "bluesky", "text": "a", "client_key": ""}                                | invalid_field
            {"platform": "bluesky", "text": "a", "client_key": "k", "settings": []}               | invalid_field
            {"platform": "bluesky", "text": "a", "client_key": "k", "own_idempotency": "yes"}     | invalid_field
            {"platform": "bluesky", "text": "a\\u0000b", "client_key": "k"}                       | nul_character
            {"platform": "bluesky", "text": "a", "client_key": "k", "settings": {"a": ["\\u0000"]}} | nul_character
            {"platform": "bluesky", "text": "a", "client_key": "k", "settings": {"\\u0000": 1}}   | nul_character
            {"platform": "bluesky", "text": "half \\ud83c", "client_key": "k"}                    | invalid_text
            """)
    void aPostThatMakesNoSenseIsRefusedAndNotCounted(String body, String code) {
        var before = sandbox.total(account);

        var answer = sandbox.post(account + "/posts", body);

        assertRefused(answer, 400, code);
        assertThat(sandbox.total(account)).isEqualTo(before);
    }

    @Test
    void settingsNestedBeyondReasonAreRefused() {
        var nested = "[".repeat(70) + "]".repeat(70);

        var answer = sandbox.post(account + "/posts", """
                {"platform": "bluesky", "text": "a", "client_key": "k", "settings": {"a": %s}}
                """.formatted(nested));

        assertRefused(answer, 400, "invalid_json");
    }

    @Test
    void bytesThatAreNoTextAreNoJson() {
        var broken = new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};

        var answer = sandbox.send(sandbox.request(account + "/posts")
                .POST(BodyPublishers.ofByteArray(broken))
                .build());

        assertRefused(answer, 400, "invalid_json");
    }

    @Test
    void aPostForAnotherPlatformThanTheAccountsIsRefused() {
        var answer = sandbox.post(account + "/posts", """
                {"platform": "x", "text": "a", "client_key": "k"}
                """);

        assertRefused(answer, 422, "platform_mismatch");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"username": "ada"}                                | missing_field
            {"platform": "x"}                                  | missing_field
            {"platform": "X!", "username": "ada"}              | invalid_field
            {"platform": "x", "username": "two\\nlines"}       | invalid_field
            {"platform": "x", "username": ""}                  | invalid_field
            """)
    void anAccountThatMakesNoSenseIsRefused(String body, String code) {
        assertRefused(sandbox.put("/accounts/acct_1", body), 400, code);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, invalid_limit",
        "limit=101, invalid_limit",
        "limit=ten, invalid_limit",
        "cursor=yesterday, invalid_cursor",
        "client_key=a%00b, nul_character"
    })
    void aQueryThatMakesNoSenseIsRefused(String query, String code) {
        assertRefused(sandbox.get(account + "/posts?" + query), 400, code);
    }

    @ParameterizedTest
    @CsvSource({
        "until=2027-03-01T12:00:00Z, missing_field",
        "since=2027-03-01T12:00:00Z, missing_field",
        "since=yesterday&until=2027-03-01T12:00:00Z, invalid_field",
        "since=1999-01-01T00:00:00Z&until=2027-03-01T12:00:00Z, invalid_field",
        "since=2027-03-01T12:00:00Z&until=%2B12027-03-01T12:00:00Z, invalid_field",
        "since=2027-03-01T12:00:00Z&until=2027-03-01T12:00:00Z&cursor=last, invalid_cursor"
    })
    void aStretchOfTimeThatMakesNoSenseIsRefused(String query, String code) {
        assertRefused(sandbox.get(account + "/recent?" + query), 400, code);
    }

    @Test
    void aNulInAPathIsRefused() {
        assertRefused(sandbox.get("/accounts/a%00b/posts"), 400, "nul_character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/accounts", "/accounts/", "/accounts/acct_1/likes", "/p", "/p/", "/healthz/deep"})
    void anUnknownRouteIsNotFound(String path) {
        assertRefused(sandbox.get(path), 404, "route_not_found");
    }

    @Test
    void anUnknownAccountIsNotFound() {
        var stranger = "/accounts/acct_nobody";

        assertRefused(sandbox.publish(stranger, "a", "k"), 404, "account_not_found");
        assertRefused(sandbox.get(stranger + "/posts"), 404, "account_not_found");
        assertRefused(sandbox.get(stranger + "/recent"), 404, "account_not_found");
        assertRefused(sandbox.delete(stranger + "/posts/1"), 404, "account_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9223372036854775808", "x"})
    void aPostThatNeverWasCannotBeDeleted(String id) {
        assertRefused(sandbox.delete(account + "/posts/" + id), 404, "post_not_found");
    }

    @Test
    void aWrongMethodIsAnsweredWithTheRightOnes() {
        var answer = sandbox.put(account + "/posts", "{}");

        assertRefused(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST, GET");
    }

    @Test
    void aHeadRequestIsRefusedWithoutABody() {
        var answer = sandbox.send(sandbox.request("/healthz").HEAD().build());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aBodyUpToOneMegabyteIsTakenAndALargerOneRefused() {
        var frame = "{\"platform\":\"bluesky\",\"client_key\":\"large\",\"text\":\"%s\"}";
        var largest = "a".repeat((1 << 20) - frame.length() + 2);

        assertThat(sandbox.post(account + "/posts", frame.formatted(largest)).status())
                .isEqualTo(201);
        assertRefused(sandbox.post(account + "/posts", frame.formatted(largest + "a")), 413, "body_too_large");
        assertRefused(sandbox.post(account + "/posts", "a".repeat(5 << 20)), 413, "body_too_large");
    }

    @Test
    void withoutTheSecretEveryGuardedRouteIsClosed() {
        var calls = Stream.of(
                bare(account).PUT(BodyPublishers.ofString("{}")),
                bare(account + "/posts").POST(BodyPublishers.ofString("{}")),
                bare(account + "/posts").GET(),
                bare(account + "/posts/1").DELETE());

        assertThat(calls.map(call -> sandbox.send(call.build()))).allSatisfy(answer -> {
            assertRefused(answer, 401, "unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer wrong", "Basic " + SandboxClient.SECRET, SandboxClient.SECRET, "Bearer"})
    void anythingButTheSecretAsBearerTokenIsRefused(String authorization) {
        var call =
                bare(account + "/posts").header("Authorization", authorization).build();

        assertRefused(sandbox.send(call), 401, "unauthorized");
    }

    @Test
    void healthIsOpenToEveryone() {
        var answer = sandbox.send(bare("/healthz").build());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    private static HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(server.url().resolve(path));
    }

    private static void assertRefused(Reply answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text("error.code")).isEqualTo(code);
        assertThat(answer.text("error.message")).isNotBlank().doesNotContain("Exception");
    }
}
