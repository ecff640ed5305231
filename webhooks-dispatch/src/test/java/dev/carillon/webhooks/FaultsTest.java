package dev.carillon.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService;
import dev.carillon.core.webhook.endpoint.EndpointSwitches;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import dev.carillon.testkit.peers.ReceiverProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks for each kind of receiver fault that no event is lost. Prints a table. */
@Tag("slow")
class FaultsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ROW = "%-44s %8s %9s %8s %6s%n";

    private static final List<String> TABLE = new ArrayList<>();
    private static TestCarillon carillon;

    private final Random random = new Random(20261128);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of(
                "carillon.testing.movable-clocks",
                "true",
                "carillon.outbound.allow",
                "127.0.0.1,[::1]",
                "carillon.webhooks.timeout",
                TIMEOUT.toMillis() + "ms"));
        carillon.bean(DispatchRole.class).start();
    }

    @AfterAll
    static void stop() {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        System.out.printf(ROW, "fault", "events", "received", "doubles", "lost");
        TABLE.forEach(System.out::print);
    }

    // The promise of webhooks: a receiver that was down for a while misses no event.
    @Test
    void aReceiverThatWasDownForThreeHoursGetsAllThatHappenedMeanwhile() {
        int port = ReceiverProgram.freePort();
        try (var trial = new FaultTrial(carillon, ReceiverProgram.urlOf(port))) {
            for (int i = 0; i < 10; i++) {
                int before = trial.attempts();
                trial.happen(100);
                await().atMost(SOON).until(() -> trial.attempts() > before);
                trial.pass(Duration.ofMinutes(18));
            }

            try (var receiver = WebhookReceiver.startOn("127.0.0.1", port)) {
                receiver.answering(request -> taken(trial, request));
                trial.untilAllEnded(STEP);
            }

            assertThat(trial.doubles()).isZero();
            nothingIsLost("down for 3 h", trial);
        }
    }

    @Test
    void oneThatFailsAtRandomGetsEverythingInTheEnd() {
        try (var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, receiver.url())) {
            var failures = List.of(500, 502, 503, 504);
            receiver.answering(request -> random.nextInt(100) < 40
                    ? Reply.status(failures.get(random.nextInt(failures.size())))
                    : taken(trial, request));

            trial.happen(60);
            trial.untilAllEnded(STEP);

            assertThat(trial.doubles()).isZero();
            everyAttemptHasTheSameId(receiver);
            nothingIsLost("5xx at random, 40 %", trial);
        }
    }

    @Test
    void connectionsThatAreCutBeforeTheRequestWasReadCostNoDouble() throws Exception {
        try (var receiver = WebhookReceiver.start();
                var proxy = CuttingProxy.inFrontOf(receiver.url().getPort(), () -> random.nextInt(100) < 30);
                var trial = new FaultTrial(carillon, ReceiverProgram.urlOf(proxy.port()))) {
            receiver.answering(request -> taken(trial, request));

            trial.happen(60);
            trial.untilAllEnded(STEP);

            assertThat(trial.outcomes()).contains("delivered", "cut");
            assertThat(trial.doubles()).isZero();
            nothingIsLost("cut before the request was read, 30 %", trial);
        }
    }

    @Test
    void connectionsThatAreCutAfterTheRequestWasReadCostDoublesThatTheIdTells() {
        try (var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, receiver.url())) {
            receiver.answering(request -> {
                trial.takes(request);
                return random.nextInt(100) < 30 ? Reply.cut() : Reply.ok();
            });

            trial.happen(60);
            trial.untilAllEnded(STEP);

            assertThat(trial.doubles()).isPositive();
            everyAttemptHasTheSameId(receiver);
            nothingIsLost("cut after the request was read, 30 %", trial);
        }
    }

    @Test
    void oneThatIsSlowGetsEverythingOnce() {
        try (var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, receiver.url())) {
            receiver.answering(request -> taken(trial, request).after(Duration.ofMillis(300)));

            trial.happen(100);
            trial.untilAllEnded(Duration.ZERO);

            assertThat(trial.doubles()).isZero();
            nothingIsLost("slow, within the timeout", trial);
        }
    }

    @Test
    void anAnswerThatComesTooLateCostsADoubleWithTheSameIdAndANewTimestamp() {
        try (var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, receiver.url())) {
            receiver.answering(
                    request -> trial.takes(request) ? Reply.ok().after(TIMEOUT.multipliedBy(2)) : Reply.ok());

            trial.happen(5);
            trial.untilAllEnded(STEP);

            assertThat(trial.doubles()).isEqualTo(5);
            assertThat(byId(receiver).values()).allSatisfy(attempts -> {
                assertThat(attempts).hasSize(2);
                assertThat(timestamp(attempts.getLast())).isGreaterThan(timestamp(attempts.getFirst()));
            });
            everyAttemptHasTheSameId(receiver);
            nothingIsLost("answers beyond the timeout", trial);
        }
    }

    @Test
    void whatCouldNotBeSentOverTlsIsSentOnceTheAddressIsMended() throws Exception {
        try (var untrusted = WebhookReceiver.startWithTls(SelfSigned.context(folder));
                var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, untrusted.url())) {
            receiver.answering(request -> taken(trial, request));
            trial.happen(50);
            await().atMost(SOON).until(() -> trial.attempts() >= 10);
            assertThat(trial.outcomes()).containsExactly("tls");
            assertThat(untrusted.received()).isEmpty();

            trial.moveTo(receiver.url());
            trial.untilAllEnded(STEP);

            assertThat(trial.doubles()).isZero();
            nothingIsLost("self-signed certificate, then another address", trial);
        }
    }

    @Test
    void whatWasNotSentToOneThatIsGoneIsKeptAndSentOnDemand() {
        try (var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, receiver.url())) {
            receiver.answering(request -> Reply.status(410));
            trial.happen(1);
            trial.untilAllEnded(Duration.ZERO);
            trial.happen(199);
            trial.untilAllEnded(Duration.ZERO);
            assertThat(trial.received()).isZero();
            assertThat(trial.count("status = 'skipped'")).isEqualTo(199);

            receiver.answering(request -> taken(trial, request));
            carillon.bean(EndpointSwitches.class).enable(trial.actor(), trial.endpoint());
            var deliveries = carillon.bean(WebhookDeliveryService.class);
            trial.deliveries().forEach(id -> deliveries.replay(trial.actor(), new WebhookDeliveryId(id)));
            // A connection that the receiver closed meanwhile costs a delivery an attempt.
            trial.untilAllEnded(STEP);

            assertThat(trial.doubles()).isZero();
            nothingIsLost("410, then enabled and replayed", trial);
        }
    }

    @Test
    void oneWithAnAddressOfIpv6IsReachedLikeAnyOther() {
        try (var receiver = WebhookReceiver.startOn("::1");
                var trial = new FaultTrial(carillon, receiver.url())) {
            receiver.answering(request -> taken(trial, request));

            trial.happen(50);
            trial.untilAllEnded(Duration.ZERO);

            assertThat(trial.doubles()).isZero();
            nothingIsLost("no fault, IPv6", trial);
        }
    }

    @Test
    void aRedirectIsNotFollowedAndIsNoDelivery() {
        try (var receiver = WebhookReceiver.start();
                var trial = new FaultTrial(carillon, receiver.url("/here"))) {
            receiver.otherwise(Reply.status(307)
                    .withHeader("Location", receiver.url("/there").toString()));
            trial.happen(50);
            await().atMost(SOON).until(() -> trial.attempts() >= 10);
            receiver.answering(request -> taken(trial, request));

            trial.untilAllEnded(STEP);

            assertThat(receiver.received()).extracting(ReceivedRequest::path).containsOnly("/here");
            nothingIsLost("redirects, then none", trial);
        }
    }

    private static Reply taken(FaultTrial trial, ReceivedRequest request) {
        trial.takes(request);
        return Reply.ok();
    }

    private static Map<String, List<ReceivedRequest>> byId(WebhookReceiver receiver) {
        return receiver.received().stream().collect(Collectors.groupingBy(request -> request.header("webhook-id")
                .orElseThrow()));
    }

    private static long timestamp(ReceivedRequest request) {
        return Long.parseLong(request.header("webhook-timestamp").orElseThrow());
    }

    /** All attempts with one id have the same body, and their timestamps never go back. */
    private static void everyAttemptHasTheSameId(WebhookReceiver receiver) {
        assertThat(byId(receiver).values()).allSatisfy(attempts -> {
            assertThat(attempts)
                    .extracting(ReceivedRequest::text)
                    .containsOnly(attempts.getFirst().text());
            assertThat(IntStream.range(1, attempts.size())
                            .allMatch(i -> timestamp(attempts.get(i)) >= timestamp(attempts.get(i - 1))))
                    .isTrue();
        });
    }

    private static void nothingIsLost(String fault, FaultTrial trial) {
        TABLE.add(ROW.formatted(fault, trial.happened(), trial.received(), trial.doubles(), trial.lost()));
        assertThat(trial.lost()).as("events lost: " + fault).isZero();
    }
}
