package dev.carillon.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.testing.Hooked;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.delivery.DeliveryFilter;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService;
import dev.carillon.core.webhook.replay.ReplayDraft;
import dev.carillon.core.webhook.replay.ReplayScope;
import dev.carillon.core.webhook.replay.ReplayStatus;
import dev.carillon.core.webhook.replay.WebhookReplay;
import dev.carillon.core.webhook.replay.WebhookReplayService;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.WebhookReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static WebhookReceiver receiver;
    private static TestCarillon carillon;
    private Hooked hooked;

    @BeforeAll
    static void start() {
        receiver = WebhookReceiver.start();
        carillon = TestCarillon.start(
                Map.of("carillon.outbound.allow", receiver.url().getAuthority()));
        carillon.bean(DispatchRole.class).start();
    }

    // A separate tenant per test: a replay of the whole log must not include another test's events.
    @BeforeEach
    void newTenant() {
        hooked = new Hooked(carillon, carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST)));
    }

    @AfterAll
    static void stop() {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        receiver.close();
    }

    @Test
    void manyArriveAgainUnderTheSameIdsInTheOrderOfTheLogAndNoFasterThanAskedFor() {
        var endpoint = hooked.endpoint(receiver.url("/many").toString(), "account.*");
        var events = hooked.happen(12);
        await().atMost(SOON).until(() -> at("/many").size() == 12);

        var replay = carillon.bean(WebhookReplayService.class)
                .create(
                        hooked.actor(),
                        endpoint.id(),
                        new ReplayDraft(ReplayScope.ALL, Instant.parse("2026-01-01T00:00:00Z"), null, List.of(), 8))
                .replay();

        assertThat(replay.total()).isEqualTo(12);
        await().atMost(SOON).until(() -> followed(replay), isThrough(12));
        var again = at("/many").subList(12, 24);
        assertThat(ids(again)).containsExactlyInAnyOrderElementsOf(idsOf(events));
        assertThat(again).allSatisfy(webhook -> assertThat(bodies(events)).contains(webhook.text()));
        // Two at once, then two every quarter of a second.
        assertThat(hooked.told("""
                SELECT max(started_at) - min(started_at) >= interval '1 second' FROM webhook_attempt
                WHERE endpoint_id = '%s' AND number = 2
                """.formatted(endpoint.id().value()))).containsExactly("t");
        // In the order of the log, except for deliveries that are due together and sent at the same time.
        assertThat(hooked.told("""
                SELECT abs(place - row_number() OVER (ORDER BY started_at)) <= 2 AS near
                FROM (SELECT started_at, row_number() OVER (ORDER BY event.sequence) AS place
                      FROM webhook_attempt JOIN event ON event.id = event_id WHERE endpoint_id = '%s' AND number = 2) AS tried
                """.formatted(endpoint.id().value())))
                .hasSize(12)
                .containsOnly("t");
    }

    @Test
    void oneArrivesAgainUnderItsId() {
        var endpoint =
                hooked.endpoint(receiver.url("/one").toString(), "account.*").id();
        var event = hooked.happen(1).getFirst();
        await().atMost(SOON).until(() -> at("/one").size() == 1 && ended(endpoint));
        var deliveries = carillon.bean(WebhookDeliveryService.class);
        var delivery = deliveries
                .list(hooked.actor(), endpoint, DeliveryFilter.ALL, new PageRequest(1, null))
                .data()
                .getFirst();

        deliveries.replay(hooked.actor(), delivery.id());

        await().atMost(SOON)
                .until(() ->
                        deliveries.get(hooked.actor(), delivery.id()).attempts().size() == 2);
        assertThat(ids(at("/one")))
                .containsExactly(event.id().toString(), event.id().toString());
    }

    private static Predicate<WebhookReplay.Followed> isThrough(int count) {
        return followed -> followed.replay().status() == ReplayStatus.DONE
                && followed.progress().delivered() == count;
    }

    private WebhookReplay.Followed followed(WebhookReplay replay) {
        return carillon.bean(WebhookReplayService.class).get(hooked.actor(), replay.id());
    }

    private boolean ended(WebhookEndpointId endpoint) {
        return hooked.told("SELECT 1 FROM webhook_delivery WHERE endpoint_id = '%s' AND ended_at IS NULL"
                        .formatted(endpoint.value()))
                .isEmpty();
    }

    private static List<ReceivedRequest> at(String path) {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static List<String> ids(List<ReceivedRequest> webhooks) {
        return webhooks.stream()
                .map(webhook -> webhook.header("webhook-id").orElseThrow())
                .toList();
    }

    private static List<String> idsOf(List<RecordedEvent> events) {
        return events.stream().map(event -> event.id().toString()).toList();
    }

    private static List<String> bodies(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::body).toList();
    }
}
