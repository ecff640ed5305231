package dev.carillon.connectors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Throttled;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guarantees of every connector, tested with a server that misbehaves. Without them, a lost answer could be taken for "not sent" and
 * the post would be published twice, or for "sent" and it would never be published.
 */
public abstract class PlatformConnectorContract {
    private static final String LOOPBACK = "127.0.0.1";

    private final WireMockServer server =
            new WireMockServer(options().bindAddress(LOOPBACK).dynamicPort());
    private GuardedHttp http;
    private PlatformConnector connector;
    private ConnectedAccount account;

    @BeforeEach
    final void start() {
        server.start();
        http = GuardedHttp.opening(LOOPBACK + ":" + server.port());
        connector = connector(http, url());
        account = account(url());
    }

    @AfterEach
    final void stop() {
        http.close();
        server.stop();
    }

    /** The connector, with its platform at {@code url}. */
    protected abstract PlatformConnector connector(GuardedHttp http, String url);

    protected abstract ConnectedAccount account(String url);

    /** The platform's recorded answer to a post that it accepted. */
    protected abstract String acceptance();

    /** A checkpoint of an earlier attempt. */
    protected abstract Checkpoint checkpoint();

    protected final String url() {
        return "http://" + LOOPBACK + ":" + server.port();
    }

    protected final WireMockServer server() {
        return server;
    }

    protected final PlatformConnector connector() {
        return connector;
    }

    protected final Requests request() {
        return Requests.on(account);
    }

    @Test
    void aPostThatThePlatformTookIsPublished() {
        answer(json(200, acceptance()));

        var outcome = connector.publish(request().build());

        assertThat(outcome).isInstanceOfSatisfying(Published.class, published -> {
            assertThat(published.post().id()).isNotBlank();
            assertThat(published.post().permalink()).startsWith("http");
        });
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anAnswerThatBreaksOffLeavesTheOutcomeOpen(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThat(failureOfUnconfirmed(connector.publish(request().build())))
                .isIn(ErrorCode.OUTCOME_UNCONFIRMED, ErrorCode.PLATFORM_REPLY_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailureOnItsSideLeavesTheOutcomeOpen(int status) {
        answer(json(status, "{\"error\":\"InternalServerError\",\"message\":\"Internal Server Error\"}"));

        assertThat(failureOfUnconfirmed(connector.publish(request().build()))).isEqualTo(ErrorCode.OUTCOME_UNCONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "<html>Welcome</html>", "{\"uri\":", "\"yes\"", "17"})
    void aYesThatCannotBeReadLeavesTheOutcomeOpen(String body) {
        answer(json(200, body));

        assertThat(failureOfUnconfirmed(connector.publish(request().build())))
                .isEqualTo(ErrorCode.PLATFORM_REPLY_UNREADABLE);
    }

    @Test
    void aYesThatNeverEndsLeavesTheOutcomeOpen() {
        answer(json(200, "{\"id\":\"" + "1".repeat(3_000_000) + "\"}"));

        assertThat(failureOfUnconfirmed(connector.publish(request().build())))
                .isEqualTo(ErrorCode.PLATFORM_REPLY_UNREADABLE);
    }

    @Test
    void aPlatformThatHangsIsLeftAtTheDeadlineWithTheOutcomeOpen() {
        answer(json(200, acceptance()).withFixedDelay(20_000));
        long start = System.nanoTime();

        var outcome = connector.publish(request().within(Duration.ofSeconds(1)).build());

        assertThat(failureOfUnconfirmed(outcome)).isEqualTo(ErrorCode.OUTCOME_UNCONFIRMED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void afterTheDeadlineNothingIsSent() {
        answer(json(200, acceptance()));

        var outcome = connector.publish(request().within(Duration.ZERO).build());

        assertThat(outcome).isInstanceOf(Unavailable.class);
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void aConnectionThatIsRefusedMeansThatNothingWasSent() {
        server.stop();

        assertThat(connector.publish(request().build())).isInstanceOf(Unavailable.class);
    }

    @Test
    void aRedirectIsNotFollowedAndNothingWasSent() {
        answer(aResponse().withStatus(307).withHeader("Location", url() + "/elsewhere"));

        assertThat(connector.publish(request().build())).isInstanceOf(Unavailable.class);
        assertThat(server.findAll(anyRequestedFor(anyUrl())))
                .noneMatch(call -> call.getUrl().contains("elsewhere"));
    }

    @Test
    void tooManyRequestsWaitAsLongAsThePlatformSays() {
        answer(json(429, "{\"error\":\"RateLimitExceeded\"}").withHeader("Retry-After", "90"));

        var outcome = connector.publish(request().build());

        assertThat(outcome).isInstanceOfSatisfying(Throttled.class, throttled -> assertThat(throttled.until())
                .isEqualTo(FixedClocks.NOON.plusSeconds(90)));
    }

    // Any of these may come after the post was accepted: a proxy also answers 503 when the server behind it is slow.
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailureOnItsSideStaysOpenAndIsAskedAboutWhenThePlatformSays(int status) {
        answer(json(status, "{\"error\":\"InternalServerError\"}").withHeader("Retry-After", "120"));

        assertThat(connector.publish(request().build()))
                .isInstanceOfSatisfying(Unconfirmed.class, unconfirmed -> assertThat(unconfirmed.notBefore())
                        .isEqualTo(FixedClocks.NOON.plusSeconds(120)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aLookUpThatIsDeferredIsAskedAgainWhenThePlatformSays(int status) {
        answer(json(status, "{\"error\":\"RateLimitExceeded\"}").withHeader("Retry-After", "90"));

        assertThat(find())
                .isInstanceOfSatisfying(LookUp.NotAnswered.class, unanswered -> assertThat(unanswered.notBefore())
                        .isEqualTo(FixedClocks.NOON.plusSeconds(90)));
    }

    @Test
    void whatWasDecidedIsKeptBeforeAnythingIsSent() {
        answer(json(200, acceptance()));
        var callsWhenKept = new ArrayList<Integer>();

        connector.publish(request()
                .keeping(kept -> callsWhenKept.add(
                        server.findAll(anyRequestedFor(anyUrl())).size()))
                .build());

        assertThat(callsWhenKept).isEqualTo(List.of(0));
    }

    @Test
    void anAttemptThatLostThePublicationSendsNothing() {
        answer(json(200, acceptance()));
        var request = request()
                .keeping(kept -> {
                    throw new IllegalStateException("somebody else has it");
                })
                .build();

        assertThatThrownBy(() -> connector.publish(request)).hasMessage("somebody else has it");
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    void aRefusalKeepsThePlatformsOwnWords() {
        answer(json(400, refusalSaying("the words of the platform")));

        assertThat(connector.publish(request().build()))
                .isInstanceOfSatisfying(PublishOutcome.Rejected.class, rejected -> assertThat(
                                rejected.failure().platformMessage())
                        .contains("the words of the platform"));
    }

    /** A refusal in the platform's format. */
    protected abstract String refusalSaying(String words);

    @Test
    void withoutACheckpointNothingWasSentAndNobodyIsAsked() {
        assertThat(connector.find(account, Checkpoint.NONE, Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(LookUp.NeverSent.class);
        assertThat(server.findAll(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aLookUpThatBreaksOffProvesNothing(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThat(find()).isInstanceOf(LookUp.NotAnswered.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 429, 500, 503})
    void aLookUpThatIsRefusedProvesNothing(int status) {
        answer(json(status, "{\"error\":\"SomethingElse\"}"));

        assertThat(find()).isInstanceOf(LookUp.NotAnswered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "<html>Welcome</html>", "17"})
    void aLookUpWhoseAnswerCannotBeReadProvesNothing(String body) {
        answer(json(200, body));

        assertThat(find()).isInstanceOf(LookUp.NotAnswered.class);
    }

    private LookUp find() {
        return connector.find(account, checkpoint(), Deadline.in(Duration.ofSeconds(5)));
    }

    protected final void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    protected static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    private static ErrorCode failureOfUnconfirmed(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(Unconfirmed.class);
        return ((Unconfirmed) outcome).failure().code();
    }
}
