package dev.carillon.core.webhook.delivery;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventOrder;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventService;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.ReplyHeaders;
import dev.carillon.core.net.Timing;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.NewEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryAttemptServiceTest {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final OutboundReply CUT =
            new OutboundReply.NoAnswer(new OutboundFailure(OutboundFailure.Kind.CUT, "cut"));

    private static TestCarillon carillon;
    private static DeliveryAttemptService deliveries;
    private Actor actor;
    private NewEndpoint endpoint;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        deliveries = carillon.bean(DeliveryAttemptService.class);
    }

    @BeforeEach
    void newTenant() {
        actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        endpoint =
                carillon.bean(WebhookEndpointService.class).create(actor, anEndpoint("https://hooks.example.com", "*"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void anEventFannedOutByManyAtOnceIsOneDelivery() throws Exception {
        var event = event();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = threads.invokeAll(Stream.generate(() -> Executors.callable(() -> fanOut(event)))
                    .limit(8)
                    .toList());
            for (var run : runs) {
                run.get();
            }
        }

        assertThat(number("SELECT count(*) FROM webhook_delivery WHERE event_id = '%s'"
                        .formatted(event.id().value())))
                .isOne();
    }

    // Without the generation, a process that was paused would overwrite what its successor recorded.
    @Test
    void anOutcomeOfAnOlderClaimIsDropped() throws SQLException {
        var event = event();
        fanOut(event);
        claim(event);
        var lost = take(event, 1).orElseThrow();
        claim(event);

        assertThat(record(lost, CUT)).isEmpty();

        assertThat(take(event, 1)).isEmpty();
        assertThat(take(event, 2)).isPresent();
        assertThat(number("SELECT count(*) FROM webhook_attempt WHERE event_id = '%s'"
                        .formatted(event.id().value())))
                .isZero();
    }

    @Test
    void aFailedAttemptWaitsForItsPlaceInTheScheduleWithinTheJitter() throws SQLException {
        var event = event();
        fanOut(event);
        claim(event);
        var delivery = take(event, 1).orElseThrow();
        var before = carillon.bean(Clocks.class).now();

        assertThat(record(delivery, CUT)).contains(DeliveryStatus.SCHEDULED);

        assertThat(number(
                        "SELECT extract(milliseconds FROM due_at - '%s'::timestamptz) FROM webhook_delivery WHERE event_id = '%s'"
                                .formatted(before, event.id().value())))
                .isBetween(5_000L, 6_500L);
        claim(event);
        assertThat(take(event, 2))
                .hasValueSatisfying(again -> assertThat(again.number()).isEqualTo(2));
    }

    // A job that runs again repeats its attempts. The second outcome must neither cause an error nor count twice.
    @Test
    void anAttemptThatIsRecordedTwiceIsWrittenOnce() throws SQLException {
        var event = event();
        fanOut(event);
        claim(event);
        var delivery = take(event, 1).orElseThrow();
        var again = new EndedDeliveryAttempt(delivery, CUT, Duration.ofMillis(5));

        assertThat(deliveries.record(List.of(again, again))).containsValue(DeliveryStatus.SCHEDULED);
        assertThat(deliveries.record(List.of(again))).isEmpty();

        assertThat(number("SELECT count(*) FROM webhook_attempt WHERE event_id = '%s'"
                        .formatted(event.id().value())))
                .isOne();
    }

    @Test
    void whatIsRecordedTogetherIsWrittenForEachByItself() throws SQLException {
        var taken = new ArrayList<DueDelivery>();
        for (int i = 0; i < 3; i++) {
            var event = event();
            fanOut(event);
            claim(event);
            taken.add(take(event, 1).orElseThrow());
        }
        claim(taken.get(2).claim().event());

        var recorded = deliveries.record(List.of(
                new EndedDeliveryAttempt(taken.get(0), answered(200, Map.of()), Duration.ofMillis(5)),
                new EndedDeliveryAttempt(taken.get(1), answered(500, Map.of()), Duration.ofMillis(5)),
                new EndedDeliveryAttempt(taken.get(2), answered(200, Map.of()), Duration.ofMillis(5))));

        assertThat(recorded)
                .isEqualTo(Map.of(
                        taken.get(0).claim(),
                        DeliveryStatus.DELIVERED,
                        taken.get(1).claim(),
                        DeliveryStatus.SCHEDULED));
    }

    @Test
    void aClaimThatWaitedLongIsProlongedBeforeItIsSent() throws SQLException {
        var event = event();
        fanOut(event);
        claim(event);
        update(
                "UPDATE webhook_delivery SET lease_until = clock_timestamp() + interval '2 seconds' WHERE event_id = '%s'"
                        .formatted(event.id().value()));

        assertThat(take(event, 1)).isPresent();

        assertThat(number(
                        "SELECT extract(epoch FROM lease_until - clock_timestamp())::bigint FROM webhook_delivery WHERE event_id = '%s'"
                                .formatted(event.id().value())))
                .isGreaterThan(50);
    }

    @Test
    void whatWaitsForADeletedEndpointIsSkipped() throws SQLException {
        var waiting = event();
        var claimed = event();
        fanOut(waiting);
        fanOut(claimed);
        claim(claimed);

        carillon.bean(WebhookEndpointService.class)
                .delete(actor, endpoint.endpoint().id());

        assertThat(take(claimed, 1)).isEmpty();
        assertThat(number("SELECT count(*) FROM webhook_delivery WHERE status = 'skipped' AND event_id IN ('%s', '%s')"
                        .formatted(waiting.id().value(), claimed.id().value())))
                .isEqualTo(2);
    }

    private RecordedEvent event() {
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            var now = carillon.bean(Clocks.class).now();
            var payload = new AccountPayload("acct_1", "account", "sandbox", "one", "active", null, false, now);
            carillon.bean(EventRecorder.class).record(actor.tenant(), new Event.AccountConnected(payload), now);
            return payload;
        });
        return carillon.bean(EventService.class)
                .list(actor, EventFilter.ALL, EventOrder.DESC, new PageRequest(1, null))
                .data()
                .getFirst();
    }

    private void fanOut(RecordedEvent event) {
        carillon.bean(Transactions.class).acrossWorkspaces(() -> {
            carillon.bean(DeliveryFanOut.class).fanOut(actor.tenant(), List.of(event));
            return event;
        });
    }

    private Optional<DueDelivery> take(RecordedEvent event, long generation) {
        return deliveries.take(List.of(claimOf(event, generation)), LEASE).stream()
                .findFirst();
    }

    private DeliveryClaim claimOf(RecordedEvent event, long generation) {
        // A delivery is found by event and endpoint; the result has its real id.
        var id = carillon.bean(Ids.class).next(WebhookDeliveryId.KIND);
        return new DeliveryClaim(id, event.id(), endpoint.endpoint().id(), generation);
    }

    private static Optional<DeliveryStatus> record(DueDelivery delivery, OutboundReply reply) {
        var recorded = deliveries.record(List.of(new EndedDeliveryAttempt(delivery, reply, Duration.ofMillis(5))));
        return Optional.ofNullable(recorded.get(delivery.claim()));
    }

    private static OutboundReply answered(int status, Map<String, List<String>> headers) {
        return new OutboundReply.Answered(
                status, new ReplyHeaders(headers), Bytes.NONE, false, new Timing(1, 2, 3, 4, 5));
    }

    private static void claim(RecordedEvent event) throws SQLException {
        claim(event.id());
    }

    private static void claim(EventId event) throws SQLException {
        update("""
                UPDATE webhook_delivery SET generation = generation + 1, lease_until = clock_timestamp() + interval '1 minute'
                WHERE event_id = '%s'
                """.formatted(event.value()));
    }

    private static void update(String change) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    private static long number(String question) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
