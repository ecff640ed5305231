package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults, as a client sees them over HTTP. */
@Timeout(60)
class FaultsTest {
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

    /** Only moves forward, because all tests share it. */
    private static final MovableClock CLOCK = new MovableClock(NOON);

    private static SandboxServer server;
    private static SandboxClient sandbox;

    private final String workspace = "ws_" + UUID.randomUUID();
    private String account;

    @BeforeAll
    static void startServer() {
        server = SandboxServer.start(new SandboxConfig(0, null, TestStore.store(), SandboxClient.SECRET, CLOCK));
        sandbox = new SandboxClient(server.url());
    }

    @AfterAll
    static void stopServer() {
        sandbox.close();
        server.close();
    }

    @BeforeEach
    void register() {
        account = sandbox.newAccount();
    }

    @ParameterizedTest
    @CsvSource({
        "token_expired, 401",
        "access_revoked, 401",
        "permission_missing, 403",
        "account_suspended, 403",
        "rate_limited, 429",
        "duplicate, 409",
        "content_rejected, 422",
        "media_fetch_failed, 422",
        "unavailable, 503",
        "server_error, 500"
    })
    void aRefusalIsToldUnderItsKindAndNothingIsStored(String kind, int status) {
        var answer = sandbox.publish(account, "[sandbox:%s]".formatted(kind), "k");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error.code")).isEqualTo(kind);
        assertThat(sandbox.total(account)).isZero();
    }

    @Test
    void aRefusalTellsWhatTheSimulatedNetworkWouldSay() {
        var answer = sandbox.publish(account, "[sandbox:token_expired]", "k");

        assertThat(answer.text("platform_error.body.error")).isEqualTo("ExpiredToken");
        assertThat(answer.number("platform_error.status")).isEqualTo(400);
    }

    @Test
    void whereThatIsNotKnownItIsLeftOut() {
        assertThat(sandbox.publish(account, "[sandbox:unavailable]", "k").body())
                .doesNotContain("platform_error");
    }

    @Test
    void aLimitSaysWhenItIsOver() {
        assertThat(sandbox.publish(account, "[sandbox:rate_limited]", "k1").header("Retry-After"))
                .isEqualTo("10");
        assertThat(sandbox.publish(account, "[sandbox:rate_limited seconds=90]", "k2")
                        .header("Retry-After"))
                .isEqualTo("90");
    }

    @ParameterizedTest
    @CsvSource({"reply_lost_after_accept, 1", "reply_lost_before_accept, 0", "cut_reply, 1"})
    void anAnswerIsLostBeforeOrAfterThePostIsStored(String kind, long stored) {
        assertThatThrownBy(() -> sandbox.publish(account, "[sandbox:%s]".formatted(kind), "k"))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(sandbox.total(account)).isEqualTo(stored);
    }

    @Test
    void aMalformedAnswerIsAYesInNoJsonAtAll() {
        var answer = sandbox.publish(account, "[sandbox:malformed_reply]", "k");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<!doctype html>");
        assertThat(sandbox.total(account)).isEqualTo(1);
    }

    @Test
    void aCallThatHangsIsNotAnsweredAndNothingIsStored() {
        var call = sandbox.request(account + "/posts")
                .timeout(Duration.ofMillis(300))
                .POST(BodyPublishers.ofString("""
                        {"platform": "bluesky", "text": "[sandbox:hang]", "client_key": "k"}
                        """));

        assertThatThrownBy(() -> sandbox.send(call.build())).hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.total(account)).isZero();
    }

    @Test
    void aCallThatHangsIsCutOffAfterItsTime() {
        assertThatThrownBy(() -> sandbox.publish(account, "[sandbox:hang seconds=1]", "k"))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void closingThePlatformDoesNotWaitForCallsThatHang() {
        addFault("flt_1", "\"kind\": \"hang\", \"seconds\": 120");
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = callers.submit(() -> publishFor(workspace, account, "k"));
            await().until(() -> sandbox.get(faults() + "/flt_1").number("hits") == 1);

            server.close();

            assertThatThrownBy(hanging::get).hasRootCauseInstanceOf(IOException.class);
        } finally {
            sandbox.close();
            startServer();
        }
    }

    @Test
    void aPostThatVanishesIsAcceptedAndDeletedAtOnce() {
        var answer = sandbox.publish(account, "[sandbox:vanishes]", "k");

        assertThat(answer.status()).isEqualTo(201);
        var shown = sandbox.get(account + "/posts/" + answer.text("id"));
        assertThat(shown.text("deleted_at")).isEqualTo(shown.text("created_at"));
        assertThat(sandbox.total(account)).isEqualTo(1);
    }

    @Test
    void slowProcessingGivesATicketAndMakesThePostOnceHoweverOftenItIsAskedFor() {
        var taken = sandbox.publish(account, "[sandbox:slow_processing seconds=30]", "k");

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.number("ask_after_seconds")).isEqualTo(30);
        var ticket = account + "/tickets/" + taken.text("ticket");
        CLOCK.forward(Duration.ofMillis(29_500));
        assertThat(sandbox.get(ticket).text("status")).isEqualTo("processing");
        assertThat(sandbox.get(ticket).number("ask_after_seconds")).isEqualTo(1);
        assertThat(sandbox.total(account)).isZero();

        CLOCK.forward(Duration.ofMillis(500));
        var made = sandbox.get(ticket);
        assertThat(made.text("status")).isEqualTo("published");
        assertThat(sandbox.get(ticket).body()).isEqualTo(made.body());
        assertThat(sandbox.get(account + "/posts?client_key=k").text("data.0.id"))
                .isEqualTo(made.text("id"));
        assertThat(sandbox.total(account)).isEqualTo(1);
    }

    @Test
    void whatWasTakenCanBeRefusedAfterwards() {
        var taken = sandbox.publish(account, "[sandbox:processing_rejected]", "k");
        CLOCK.forward(Duration.ofSeconds(5));

        assertThat(sandbox.get(account + "/tickets/" + taken.text("ticket")).text("status"))
                .isEqualTo("rejected");
        assertThat(sandbox.total(account)).isZero();
        assertThat(sandbox.get(account + "/tickets/0").status()).isEqualTo(404);
        assertThat(sandbox.get(sandbox.newAccount() + "/tickets/" + taken.text("ticket"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDirectiveStrikesAPostAsOftenAsItSays() {
        assertThat(statuses("[sandbox:server_error]", "k1", 2)).containsExactly(500, 201);
        assertThat(statuses("[sandbox:server_error times=2]", "k2", 3)).containsExactly(500, 500, 201);
        assertThat(statuses("[sandbox:server_error times=all]", "k3", 3)).containsExactly(500, 500, 500);
    }

    @Test
    void aDirectiveThatCannotBeReadIsExplained() {
        var answer = sandbox.publish(account, "[sandbox:hangs]", "k");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("error.code")).isEqualTo("invalid_fault_directive");
        assertThat(answer.text("error.message")).contains("rate_limited", "hang");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox_duplicate, 409",
        "sandbox_duplicate_2, 409",
        "sandbox_duplicates, 201",
        "a_sandbox_duplicate, 201"
    })
    void anAccountNamedAfterAKindIsStruckEveryTime(String username, int status) {
        var named = "/accounts/acct_" + UUID.randomUUID();
        sandbox.put(named, """
                {"platform": "bluesky", "username": "%s"}
                """.formatted(username));

        for (int i = 0; i < 2; i++) {
            assertThat(sandbox.publish(named, "Hello", "k" + i).status()).isEqualTo(status);
        }
    }

    // One workspace's faults must not affect another workspace's tests.
    @Test
    void aFaultStrikesItsWorkspaceAndNoOther() {
        addFault("flt_1", "\"kind\": \"duplicate\"");

        assertThat(publishFor("ws_" + UUID.randomUUID(), account, "k1").status())
                .isEqualTo(201);
        assertThat(sandbox.publish(account, "of nobody", "k2").status()).isEqualTo(201);
        assertThat(publishFor(workspace, account, "k3").status()).isEqualTo(409);
        assertThat(publishFor(workspace, account, "k4").status()).isEqualTo(201);
    }

    @Test
    void aFaultStrikesItsAccountAndNoOther() {
        addFault("flt_1", "\"kind\": \"duplicate\", \"account\": \"%s\"".formatted(idOf(account)));

        assertThat(publishFor(workspace, sandbox.newAccount(), "k1").status()).isEqualTo(201);
        assertThat(publishFor(workspace, account, "k2").status()).isEqualTo(409);
    }

    @Test
    void theOldestFaultStrikesFirstAndEachAsOftenAsItSays() {
        addFault("flt_1", "\"kind\": \"duplicate\", \"count\": 2");
        addFault("flt_2", "\"kind\": \"server_error\"");

        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> publishFor(workspace, account, "k" + i).status()))
                .containsExactly(409, 409, 500, 201);
        assertThat(sandbox.get(faults() + "/flt_1").number("hits")).isEqualTo(2);
        assertThat(sandbox.get(faults() + "/flt_2").number("hits")).isEqualTo(1);
    }

    @Test
    void callsAtTheSameTimeStrikeNoMoreThanTheCount() throws Exception {
        addFault("flt_1", "\"kind\": \"duplicate\", \"count\": 5");

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 20)
                    .mapToObj(i -> callers.submit(() -> publishFor(workspace, account, "k" + i)))
                    .toList();
            int struck = 0;
            for (var call : calls) {
                struck += call.get().status() == 409 ? 1 : 0;
            }
            assertThat(struck).isEqualTo(5);
        }
    }

    @Test
    void aSeedDecidesWhichCallsAreStruck() {
        addFault("flt_1", "\"kind\": \"duplicate\", \"count\": 100, \"probability\": 0.4, \"seed\": 17");

        assertThat(IntStream.rangeClosed(1, 20)
                        .filter(i -> publishFor(workspace, account, "k" + i).status() == 409))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                        .filter(i -> SplitMix64.share(17, i) < 0.4)
                        .boxed()
                        .toList());
    }

    @Test
    void aFaultIsKeptOverARestart() {
        addFault("flt_1", "\"kind\": \"duplicate\", \"count\": 2");
        publishFor(workspace, account, "k1");
        stopServer();
        startServer();

        assertThat(publishFor(workspace, account, "k2").status()).isEqualTo(409);
        assertThat(publishFor(workspace, account, "k3").status()).isEqualTo(201);
    }

    @Test
    void aFaultIsShownWithWhatWasLeftOut() {
        var shown = addFault("flt_1", "\"kind\": \"hang\"");

        assertThat(shown.text("kind")).isEqualTo("hang");
        assertThat(shown.at("account").isNull()).isTrue();
        assertThat(shown.number("count")).isEqualTo(1);
        assertThat(shown.at("probability").getDoubleValue()).isEqualTo(1.0);
        assertThat(shown.number("seconds")).isEqualTo(60);
        assertThat(shown.number("hits")).isZero();
        assertThat(addFault("flt_1", "\"kind\": \"duplicate\"").text("kind")).isEqualTo("hang");
    }

    @Test
    void faultsAreListedNewestFirstAndSeenByTheirWorkspaceAlone() {
        IntStream.rangeClosed(1, 3).forEach(i -> addFault("flt_" + i, "\"kind\": \"duplicate\""));
        var foreign = "/workspaces/ws_" + UUID.randomUUID() + "/faults";

        var first = sandbox.get(faults() + "?limit=2");
        var second = sandbox.get(faults() + "?limit=2&cursor=" + first.text("next_cursor"));

        assertThat(first.text("data.0.id")).isEqualTo("flt_3");
        assertThat(first.text("data.1.id")).isEqualTo("flt_2");
        assertThat(second.text("data.0.id")).isEqualTo("flt_1");
        assertThat(second.at("next_cursor").isNull()).isTrue();
        assertThat(sandbox.get(foreign).at("data").size()).isZero();
        assertThat(sandbox.get(foreign + "/flt_1").status()).isEqualTo(404);
        assertThat(sandbox.delete(foreign + "/flt_1").status()).isEqualTo(404);
    }

    @Test
    void aFaultThatWasTakenBackStrikesNoMore() {
        addFault("flt_1", "\"kind\": \"duplicate\"");

        assertThat(sandbox.delete(faults() + "/flt_1").text("id")).isEqualTo("flt_1");

        assertThat(sandbox.delete(faults() + "/flt_1").status()).isEqualTo(404);
        assertThat(publishFor(workspace, account, "k").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | 400 | missing_field
            {"kind": "nonsense"}                          | 422 | unknown_kind
            {"kind": "duplicate", "count": 0}             | 400 | invalid_field
            {"kind": "duplicate", "count": 1.5}           | 400 | invalid_field
            {"kind": "duplicate", "count": 4294967296}    | 400 | invalid_field
            {"kind": "duplicate", "probability": 1.1}     | 400 | invalid_field
            {"kind": "duplicate", "probability": "often"} | 400 | invalid_field
            {"kind": "duplicate", "seed": -1}             | 400 | invalid_field
            {"kind": "duplicate", "seconds": 5}           | 422 | seconds_out_of_range
            {"kind": "hang", "seconds": 121}              | 422 | seconds_out_of_range
            """)
    void aFaultThatMakesNoSenseIsRefused(String body, int status, String code) {
        var answer = sandbox.put(faults() + "/flt_1", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error.code")).isEqualTo(code);
    }

    @Test
    void aWorkspaceSeesItsPostsOnEveryAccountAndNoOthers() {
        var other = sandbox.newAccount();
        publishFor(workspace, account, "k1");
        publishFor(workspace, other, "k2");
        publishFor("ws_" + UUID.randomUUID(), other, "k3");

        var first = sandbox.get("/workspaces/" + workspace + "/posts?limit=1");
        var second = sandbox.get("/workspaces/" + workspace + "/posts?limit=1&cursor=" + first.text("next_cursor"));

        assertThat(first.number("total")).isEqualTo(2);
        assertThat(first.text("data.0.client_key")).isEqualTo("k2");
        assertThat(first.text("data.0.account")).isEqualTo(idOf(other));
        assertThat(second.text("data.0.client_key")).isEqualTo("k1");
        assertThat(second.at("next_cursor").isNull()).isTrue();
    }

    private Reply addFault(String id, String fields) {
        return sandbox.put(faults() + "/" + id, "{" + fields + "}");
    }

    private String faults() {
        return "/workspaces/" + workspace + "/faults";
    }

    private Reply publishFor(String owner, String on, String clientKey) {
        return sandbox.post(on + "/posts", """
                {"workspace": "%s", "platform": "bluesky", "text": "Hello", "client_key": "%s"}
                """.formatted(owner, clientKey));
    }

    private Stream<Integer> statuses(String text, String clientKey, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> sandbox.publish(account, text, clientKey).status());
    }

    private static String idOf(String accountPath) {
        return accountPath.substring("/accounts/".length());
    }
}
