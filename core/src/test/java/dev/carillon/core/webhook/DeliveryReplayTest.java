package dev.carillon.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.testing.Hooked;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.delivery.DeliveryFilter;
import dev.carillon.core.webhook.delivery.DeliveryStatus;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryReplayTest {
    private static TestCarillon carillon;
    private static WebhookDeliveryService deliveries;
    private Hooked hooked;
    private WebhookEndpoint endpoint;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        deliveries = carillon.bean(WebhookDeliveryService.class);
    }

    @BeforeEach
    void newTenant() {
        hooked = new Hooked(carillon, carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST)));
        endpoint = hooked.endpoint();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "failed", "skipped"})
    void whateverHasEndedIsSentAgainAndItsRetriesBeginAnew(String ended) {
        var event = delivered(ended, 4);

        var replayed = deliveries.replay(hooked.actor(), idOf(event)).delivery();

        assertThat(replayed.status()).isEqualTo(DeliveryStatus.SCHEDULED);
        assertThat(replayed.attempts()).isEqualTo(4);
        assertThat(replayed.nextAttemptAt()).isNotNull();
        assertThat(replayed.endedAt()).isNull();
        assertThat(row(event)).containsExactly("4 " + ended);
        assertThat(hooked.told("SELECT 1 FROM delivery_hint WHERE lane_key = '%s' AND due_at <= clock_timestamp()"
                        .formatted(endpoint.id().value())))
                .isNotEmpty();
    }

    @Test
    void oneThatWaitsIsTriedNowAndGoesOnWithItsRetries() {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.asOwner(
                "UPDATE webhook_delivery SET attempts = 3, due_at = clock_timestamp() + interval '5 hours' WHERE event_id = '%s'"
                        .formatted(event.id().value()));

        deliveries.replay(hooked.actor(), idOf(event));

        assertThat(row(event)).containsExactly(" ");
        assertThat(hooked.told("SELECT due_at <= clock_timestamp() FROM webhook_delivery WHERE event_id = '%s'"
                        .formatted(event.id().value())))
                .containsExactly("t");
    }

    @Test
    void oneThatIsBeingSentIsRefused() {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.claim(event);
        var id = idOf(event);

        assertThatThrownBy(() -> deliveries.replay(hooked.actor(), id))
                .satisfies(is(ErrorCode.CONFLICT))
                .hasMessageContaining("being sent right now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled", "deleted"})
    void nothingIsSentAgainToAnEndpointThatGetsNothing(String status) {
        var event = delivered("failed", 10);
        var id = idOf(event);
        hooked.asOwner("UPDATE webhook_endpoint SET status = '%s' WHERE id = '%s'"
                .formatted(status, endpoint.id().value()));

        assertThatThrownBy(() -> deliveries.replay(hooked.actor(), id))
                .satisfies(is(ErrorCode.CONFLICT))
                .hasMessageContaining(status);
    }

    @Test
    void nobodyElseSendsItAgain() {
        var id = idOf(delivered("failed", 10));
        var stranger = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        var live = carillon.actor(carillon.newKey(hooked.actor().workspace(), Mode.LIVE));

        for (var other : List.of(stranger, live)) {
            assertThatThrownBy(() -> deliveries.replay(other, id)).satisfies(is(ErrorCode.NOT_FOUND));
        }
    }

    // Otherwise one claim could be sent twice, or its outcome could be lost.
    @Test
    void aReplayAndAClaimAtTheSameMomentTakeTurns() throws Exception {
        for (int round = 0; round < 25; round++) {
            var event = hooked.happen(1).getFirst();
            hooked.fanOut();
            var id = idOf(event);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<Boolean> replaying = () -> {
                    try {
                        deliveries.replay(hooked.actor(), id);
                        return true;
                    } catch (ApiException inHand) {
                        return false;
                    }
                };
                var replayed = threads.submit(replaying);
                var claimed = threads.submit(
                        () -> hooked.told("""
                        UPDATE webhook_delivery
                        SET generation = generation + 1, lease_until = clock_timestamp() + interval '1 minute'
                        WHERE event_id = '%s' AND status = 'scheduled' AND lease_until IS NULL
                        RETURNING generation
                        """.formatted(event.id().value())));

                // In either order, the claim's generation is the current one.
                assertThat(claimed.get()).containsExactly(replayed.get() ? "2" : "1");
                assertThat(hooked.told(
                                "SELECT generation FROM webhook_delivery WHERE event_id = '%s' AND lease_until IS NOT NULL"
                                        .formatted(event.id().value())))
                        .isEqualTo(claimed.get());
            }
        }
    }

    private RecordedEvent delivered(String status, int attempts) {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.end(event, status, attempts);
        return event;
    }

    private List<@Nullable String> row(RecordedEvent event) {
        return hooked.told(
                "SELECT concat(replayed_after, ' ', status_before) FROM webhook_delivery WHERE event_id = '%s'"
                        .formatted(event.id().value()));
    }

    private WebhookDeliveryId idOf(RecordedEvent event) {
        var filter = new DeliveryFilter(Set.of(), List.of(), event.id(), null, null, null);
        return deliveries
                .list(hooked.actor(), filter, new PageRequest(1, null))
                .data()
                .getFirst()
                .id();
    }

    private static java.util.function.Consumer<Throwable> is(ErrorCode code) {
        return refused -> assertThat(refused)
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code));
    }
}
