package dev.carillon.core.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.event.EventPattern;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.testing.Hooked;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService.DeliveryWithAttempts;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookDeliveryServiceTest {
    private static final PageRequest ALL = new PageRequest(100, null);

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

    @Test
    void deliveriesAreReadThroughNewestFirstWithoutADoubleOrAGap() {
        var other = hooked.endpoint("https://other.example.com", "*");
        var events = hooked.happen(7);
        hooked.fanOut();
        // Several statuses, each of which is read by a separate query.
        hooked.end(events.get(2), "failed", 10);
        hooked.end(events.get(3), "delivered", 1);
        hooked.end(events.get(5), "skipped", 0);

        var all = walked(DeliveryFilter.ALL);

        assertThat(all).extracting(Delivery::id).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(delivery -> delivery.id().value())
                .isSortedAccordingTo(
                        Collections.reverseOrder((a, b) -> a.toString().compareTo(b.toString())));
        assertThat(all).hasSize(14);
        assertThat(deliveries
                        .list(hooked.actor(), other.id(), DeliveryFilter.ALL, ALL)
                        .data())
                .hasSize(7)
                .allSatisfy(delivery -> assertThat(delivery.endpoint()).isEqualTo(other.id()));
    }

    @Test
    void eachFilterLeavesWhatFitsItAndAllOfThemTogetherWhatFitsAll() {
        var events = hooked.happen(3);
        var apart = hooked.anAccountIsDisconnected();
        hooked.fanOut();
        hooked.end(events.get(0), "failed", 10);
        hooked.end(apart, "failed", 10);

        assertThat(events(byStatus(DeliveryStatus.FAILED)))
                .containsExactly(apart.id(), events.get(0).id());
        assertThat(events(byStatus(DeliveryStatus.SCHEDULED, DeliveryStatus.SKIPPED)))
                .containsExactly(events.get(2).id(), events.get(1).id());
        assertThat(events(byType("account.disconnected"))).containsExactly(apart.id());
        assertThat(events(byType("post.*"))).isEmpty();
        assertThat(events(byType("*"))).hasSize(4);
        assertThat(events(filter(EnumSet.of(DeliveryStatus.FAILED), "account.connected", null)))
                .containsExactly(events.get(0).id());
        assertThat(events(filter(Set.of(), null, events.get(1).id())))
                .containsExactly(events.get(1).id());
        assertThat(events(filter(
                        EnumSet.of(DeliveryStatus.FAILED), null, events.get(1).id())))
                .isEmpty();
    }

    @Test
    void timesBoundWhatIsListed() {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        var made = deliveries
                .list(hooked.actor(), DeliveryFilter.ALL, ALL)
                .data()
                .getFirst()
                .createdAt();

        var before = made.minus(Duration.ofMillis(1));
        var after = made.plus(Duration.ofMillis(1));
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), null, null, before, after)))
                .containsExactly(event.id());
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), null, null, Instant.EPOCH, null)))
                .containsExactly(event.id());
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), null, null, made, null)))
                .isEmpty();
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), null, null, null, made)))
                .isEmpty();
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), null, null, null, before.minus(Duration.ofDays(90)))))
                .isEmpty();
    }

    @Test
    void whatGoesToAPostsOwnAddressIsFoundByThePostAndByTheEventAlone() {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        var post = new Ids().next(PostId.KIND);
        hooked.asOwner("UPDATE event SET post_id = '%s' WHERE id = '%s'"
                .formatted(post, event.id().value()));
        hooked.asOwner("UPDATE webhook_endpoint SET kind = 'post_callback' WHERE id = '%s'"
                .formatted(endpoint.id().value()));

        assertThat(events(DeliveryFilter.ALL)).isEmpty();
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), null, post, null, null)))
                .containsExactly(event.id());
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), event.id(), post, null, null)))
                .containsExactly(event.id());
        assertThat(events(new DeliveryFilter(Set.of(), List.of(), event.id(), new Ids().next(PostId.KIND), null, null)))
                .isEmpty();
        assertThatThrownBy(() -> deliveries.list(hooked.actor(), endpoint.id(), DeliveryFilter.ALL, ALL))
                .satisfies(is(ErrorCode.NOT_FOUND));
    }

    @Test
    void aDeliveryShowsWhatWasTriedAndWhenItIsTriedNext() {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.asOwner("""
                INSERT INTO webhook_attempt (event_id, endpoint_id, number, workspace_id, livemode, started_at, outcome, status_code,
                                         duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms, error, reply, replay)
                SELECT event_id, endpoint_id, number, workspace_id, livemode, clock_timestamp(), outcome, code, 40, 1, 2, 3, 30,
                       error, reply, number = 2
                FROM webhook_delivery, (VALUES (2, 'refused', 500, NULL, 'no'), (1, 'cut', NULL, 'it was cut', NULL))
                    AS tried (number, outcome, code, error, reply)
                WHERE event_id = '%s'
                """.formatted(event.id().value()));

        var found = read(event);

        assertThat(found.delivery().nextAttemptAt()).isNotNull();
        assertThat(found.attempts()).extracting(DeliveryAttempt::number).containsExactly(1, 2);
        assertThat(found.attempts().getFirst().error()).isEqualTo("it was cut");
        assertThat(found.attempts().getLast().statusCode()).isEqualTo(500);
        assertThat(found.attempts().getLast().timing()).isEqualTo(new DeliveryAttempt.Timing(1, 2, 3, 30));
        assertThat(found.attempts().getLast().replay()).isTrue();
        hooked.claim(event);
        assertThat(read(event).delivery().nextAttemptAt()).isNull();
    }

    // Without this, one tenant could read where another tenant's events go and what its receivers answer.
    @Test
    void deliveriesAreUnknownToOtherWorkspacesAndModes() {
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        var id = read(event).delivery().id();
        var stranger = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        var live = carillon.actor(carillon.newKey(hooked.actor().workspace(), Mode.LIVE));

        for (var other : List.of(stranger, live)) {
            assertThatThrownBy(() -> deliveries.get(other, id)).satisfies(is(ErrorCode.NOT_FOUND));
            assertThatThrownBy(() -> deliveries.list(other, endpoint.id(), DeliveryFilter.ALL, ALL))
                    .satisfies(is(ErrorCode.NOT_FOUND));
            assertThat(deliveries
                            .list(other, filter(Set.of(), null, event.id()), ALL)
                            .data())
                    .isEmpty();
        }
    }

    private List<Delivery> walked(DeliveryFilter filter) {
        var all = new ArrayList<Delivery>();
        var page = deliveries.list(hooked.actor(), filter, new PageRequest(3, null));
        all.addAll(page.data());
        while (page.hasMore()) {
            page = deliveries.list(hooked.actor(), filter, new PageRequest(3, page.nextCursor()));
            all.addAll(page.data());
        }
        return all;
    }

    private List<EventId> events(DeliveryFilter filter) {
        return deliveries.list(hooked.actor(), filter, ALL).data().stream()
                .map(Delivery::event)
                .toList();
    }

    private DeliveryWithAttempts read(RecordedEvent event) {
        var found = deliveries.list(hooked.actor(), filter(Set.of(), null, event.id()), ALL);
        return deliveries.get(hooked.actor(), found.data().getFirst().id());
    }

    private static DeliveryFilter byStatus(DeliveryStatus first, DeliveryStatus... others) {
        return filter(EnumSet.of(first, others), null, null);
    }

    private static DeliveryFilter byType(String pattern) {
        return filter(Set.of(), pattern, null);
    }

    private static DeliveryFilter filter(
            Set<DeliveryStatus> statuses, @Nullable String pattern, @Nullable EventId event) {
        return new DeliveryFilter(
                statuses, pattern == null ? List.of() : List.of(new EventPattern(pattern)), event, null, null, null);
    }

    private static java.util.function.Consumer<Throwable> is(ErrorCode code) {
        return refused -> assertThat(refused)
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code));
    }
}
