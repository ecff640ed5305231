package dev.carillon.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.connectors.FixedClocks;
import dev.carillon.connectors.GuardedHttp;
import dev.carillon.connectors.PlatformConnectorContract;
import dev.carillon.connectors.Requests;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Linking;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Processing;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxConnectorTest extends PlatformConnectorContract {
    private static final String SECRET = "a-secret-of-the-tests";
    private static final PlatformTicket TICKET = new PlatformTicket(Map.of("ticket", "7"));

    static SandboxConnector connectorTo(GuardedHttp http, String url) {
        var api = new SandboxApi(http.json(), new SandboxClientConfig(url, SECRET));
        var clocks = FixedClocks.atNoon();
        return new SandboxConnector(api, new SandboxLookUp(api, clocks), new SimulatedRules(List.of()), clocks);
    }

    @Override
    protected PlatformConnector connector(GuardedHttp http, String url) {
        return connectorTo(http, url);
    }

    @Override
    protected ConnectedAccount account(String url) {
        return Requests.account(Platform.THREADS, Mode.TEST, "alice", null);
    }

    @Override
    protected String acceptance() {
        return "{\"id\":\"17\",\"url\":\"http://127.0.0.1:8090/p/abc\",\"created_at\":\"2026-11-22T12:00:00Z\"}";
    }

    @Override
    protected Checkpoint checkpoint() {
        return new Checkpoint(Map.of("client_key", "pub_1"));
    }

    @Override
    protected String refusalSaying(String words) {
        return "{\"error\":{\"code\":\"invalid_field\",\"message\":\"%s\"}}".formatted(words);
    }

    @Test
    void itPlaysEveryPlatformInTestModeAndNoneInLiveMode() {
        assertThat(connector().serves(Mode.TEST)).containsExactlyInAnyOrder(Platform.values());
        assertThat(connector().serves(Mode.LIVE)).isEmpty();
    }

    @Test
    void theWordsOfTheSimulatedPlatformAreKeptAsThePlatformsOwn() {
        answer(json(422, """
                {"error":{"code":"content_rejected","message":"Refused."},
                 "platform_error":{"status":400,"body":{"title":"Invalid Request","status":400}}}
                """));

        assertThat(connector().publish(request().build()).failureOrNull())
                .isNotNull()
                .extracting(Failure::platformMessage)
                .isEqualTo("400 {\"title\":\"Invalid Request\",\"status\":400}");
    }

    @Test
    void aWrongSecretIsNoFaultOfThePost() {
        answer(json(401, "{\"error\":{\"code\":\"unauthorized\",\"message\":\"Send the sandbox's secret.\"}}"));

        assertThat(connector().publish(request().build())).isInstanceOf(Unavailable.class);
    }

    @Test
    void aPlatformThatCannotBeAskedIsStillWorking() {
        answer(json(503, "{\"error\":{\"code\":\"internal_error\",\"message\":\"Down.\"}}"));

        assertThat(poll()).isInstanceOfSatisfying(Processing.class, processing -> assertThat(processing.ticket())
                .isEqualTo(TICKET));
    }

    // If this were taken for a refusal, the post would be sent again although it may exist.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | {"error":{"code":"ticket_not_found","message":"Unknown."}}
            200 | {"status":"puzzled"}
            200 | {"status":"published"}
            200 | {}
            """)
    void aTicketThatIsUnknownOrPuzzlingLeavesTheOutcomeOpen(int status, String body) {
        answer(json(status, body));

        assertThat(poll()).isInstanceOf(Unconfirmed.class);
    }

    @Test
    void aTicketWithoutANumberLeavesTheOutcomeOpen() {
        answer(json(202, "{\"ask_after_seconds\":5}"));

        assertThat(connector().publish(request().build())).isInstanceOf(Unconfirmed.class);
    }

    private PublishOutcome poll() {
        return connector().poll(account(url()), TICKET, Deadline.in(Duration.ofSeconds(5)));
    }

    @Test
    void anAccountNeedsAUsernameAndNothingElse() {
        var connector = (SandboxConnector) connector();

        assertThat(connector.link(Map.of("username", " alice ")))
                .isInstanceOfSatisfying(
                        Linking.Linked.class,
                        linked -> assertThat(linked.identity().externalId()).isEqualTo("alice"));
        assertThat(connector.link(Map.of())).isInstanceOf(Linking.InputRefused.class);
        assertThat(connector.link(Map.of("username", "a\nb"))).isInstanceOf(Linking.InputRefused.class);
        assertThat(connector.link(Map.of("username", "alice", "app_password", "x")))
                .isInstanceOfSatisfying(Linking.InputRefused.class, refused -> assertThat(refused.field())
                        .isEqualTo("app_password"));
    }

    @Test
    void theNeutralPlatformTakesAnyTextThatIsNotEmptyOrEndless() {
        assertThat(connector().check(Platform.SANDBOX, "x".repeat(100_000), Map.of()))
                .isEmpty();
        assertThat(connector().check(Platform.SANDBOX, " ", Map.of()))
                .extracting("rule")
                .containsExactly("sandbox.text.empty");
        assertThat(connector().check(Platform.SANDBOX, "x".repeat(100_001), Map.of()))
                .extracting("rule")
                .containsExactly("sandbox.text.characters");
    }
}
