package dev.carillon.core.webhook.delivery;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.WebhookRows;
import dev.carillon.core.webhook.endpoint.EndpointSwitches;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryFanOutTest {
    private static TestCarillon carillon;
    private static WebhookRows rows;
    private static WebhookEndpointService endpoints;
    private static EndpointSwitches switches;
    private Actor actor;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        rows = new WebhookRows(carillon);
        endpoints = carillon.bean(WebhookEndpointService.class);
        switches = carillon.bean(EndpointSwitches.class);
    }

    @BeforeEach
    void newTenant() {
        actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        rows.fanOut();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void anEndpointGetsWhatItsPatternsNameAndNothingElse() {
        var all = endpoint("*");
        var accounts = endpoint("account.*");
        var one = endpoint("account.disconnected", "post.created");
        var none = endpoint("post.*");

        connectedAndDisconnected(1);

        assertThat(rows.deliveriesTo(all))
                .containsExactly("account.connected scheduled", "account.disconnected scheduled");
        assertThat(rows.deliveriesTo(accounts)).hasSize(2);
        assertThat(rows.deliveriesTo(one)).containsExactly("account.disconnected scheduled");
        assertThat(rows.deliveriesTo(none)).isEmpty();
        assertThat(rows.count("SELECT count(*) AS n FROM delivery_hint WHERE lane_key = ?", all))
                .as("one hint per batch, so that the lane is checked once")
                .isOne();
    }

    // A delivery that is not stored cannot be sent later: a customer whose receiver was off for a week would lose that
    // week.
    @Test
    void whatADisabledEndpointWouldHaveBeenSentIsKeptAsSkipped() {
        var off = endpoint("account.*");
        var removed = endpoint("account.*");
        switches.disable(actor, off);
        endpoints.delete(actor, removed);
        rows.fanOut();

        connectedAndDisconnected(1);

        assertThat(rows.deliveriesTo(off))
                .containsExactly("account.connected skipped ended", "account.disconnected skipped ended");
        assertThat(rows.count("SELECT count(*) AS n FROM delivery_hint WHERE lane_key = ?", off))
                .isZero();
        assertThat(rows.deliveriesTo(removed)).isEmpty();
    }

    @Test
    void aTestGoesToItsEndpointWhateverThatWantsAndToNoOther() {
        var tried = endpoint("post.failed");
        var everything = endpoint("*");

        var event = switches.test(actor, tried);
        rows.fanOut();

        assertThat(rows.deliveriesTo(tried)).containsExactly("webhook_endpoint.test scheduled");
        assertThat(rows.deliveriesTo(everything)).isEmpty();
        assertThat(rows.count("SELECT count(*) AS n FROM webhook_delivery WHERE event_id = ?", event))
                .isOne();
    }

    @Test
    void anEndpointThatIsEnabledGetsWhatComesAndNotWhatCameBefore() {
        var endpoint = endpoint("account.*");
        switches.disable(actor, endpoint);
        connectedAndDisconnected(1);

        switches.enable(actor, endpoint);
        connectedAndDisconnected(1);

        assertThat(rows.deliveriesTo(endpoint))
                .containsExactly(
                        "account.connected skipped ended",
                        "account.disconnected skipped ended",
                        "account.connected scheduled",
                        "account.disconnected scheduled");
    }

    @Test
    void manyEventsForManyEndpointsAreOneDeliveryEach() {
        var all = Collections.nCopies(20, "account.*").stream()
                .map(this::endpoint)
                .toList();

        connectedAndDisconnected(300);

        assertThat(all).allSatisfy(endpoint -> assertThat(rows.count(
                        "SELECT count(DISTINCT id) AS n FROM webhook_delivery WHERE endpoint_id = ?", endpoint))
                .isEqualTo(600));
    }

    private WebhookEndpointId endpoint(String... events) {
        var draft = anEndpoint("https://hooks.example.com", events);
        return endpoints.create(actor, draft).endpoint().id();
    }

    private void connectedAndDisconnected(int times) {
        var now = carillon.bean(Clocks.class).now();
        var payload = new AccountPayload("acct_1", "account", "sandbox", "one", "active", null, false, now);
        var both = List.of(
                new Fact(actor.tenant(), new Event.AccountConnected(payload), now),
                new Fact(actor.tenant(), new Event.AccountDisconnected(payload), now));
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            for (int i = 0; i < times; i++) {
                carillon.bean(EventRecorder.class).record(both);
            }
            return times;
        });
        rows.fanOut();
    }
}
