package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.event.FanOut;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.delivery.DeliveryAttemptService;
import dev.carillon.core.webhook.delivery.DeliveryClaim;
import dev.carillon.core.webhook.delivery.DeliveryFanOut;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.jobs.lane.ClaimCapacity;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.testkit.WebhookReceiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostDeliveryAttemptTest {
    private static final Duration LEASE = Duration.ofSeconds(1);

    // If a process dies between sending and recording, the receiver may get a repetition, which the id shows. It must
    // never miss an event.
    @Test
    void anAttemptWithoutAnOutcomeIsRepeatedUnderTheSameIdOnceItsLeaseHasPassed() {
        try (var receiver = WebhookReceiver.start();
                var carillon = TestCarillon.start(
                        Map.of("carillon.outbound.allow", receiver.url().getAuthority()))) {
            carillon.bean(WebhookEndpointService.class)
                    .create(carillon.test(), anEndpoint(receiver.url().toString(), "*"));
            var event = happens(carillon, carillon.test(), "acct_lost");

            sendAndDie(carillon);
            try (var role = carillon.bean(DispatchRole.class)) {
                role.start();

                assertThat(receiver.awaitReceived(2, Duration.ofSeconds(20)))
                        .hasSize(2)
                        .allSatisfy(webhook -> {
                            assertThat(webhook.header("webhook-id"))
                                    .contains(event.id().toString());
                            assertThat(webhook.text()).isEqualTo(event.body());
                        });
            }
        }
    }

    private static void sendAndDie(TestCarillon carillon) {
        var deliveries = carillon.bean(DeliveryAttemptService.class);
        carillon.bean(FanOut.class).run(carillon.bean(DeliveryFanOut.class)::fanOut);
        var claimed = carillon.bean(LaneFactory.class)
                .of(LaneTables.DELIVERIES)
                .claim(
                        new ClaimCapacity(10, false, Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of()),
                        LEASE,
                        carillon.bean(Clocks.class).now());
        assertThat(claimed).hasSize(1);
        var claim = DeliveryClaim.read(DispatchRole.jobOf(claimed).claims().getFirst());
        var delivery = deliveries.take(List.of(claim), LEASE).getFirst();
        carillon.bean(OutboundHttp.class).send(SignedWebhook.of(delivery, Deadline.in(Duration.ofSeconds(5))));
    }
}
