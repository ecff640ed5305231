package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.metrics.ByMode;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import dev.carillon.core.webhook.endpoint.NewEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DispatchRoleTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final MeterRegistry SEEN = new SimpleMeterRegistry();

    private static WebhookReceiver receiver;
    private static TestCarillon carillon;
    private static WebhookEndpointService endpoints;
    private static Actor actor;

    @BeforeAll
    static void start() {
        receiver = WebhookReceiver.start();
        carillon = TestCarillon.start(Map.of(
                "carillon.outbound.allow", receiver.url().getAuthority(), "carillon.webhooks.retries", "100ms,100ms"));
        endpoints = carillon.bean(WebhookEndpointService.class);
        actor = carillon.test();
        carillon.bean(CompositeMeterRegistry.class).add(SEEN);
        carillon.bean(DispatchRole.class).start();
    }

    @AfterEach
    void removeEndpoints() {
        receiver.otherwise(Reply.ok());
    }

    @AfterAll
    static void stop() {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        receiver.close();
    }

    @Test
    void anEventArrivesByteForByteAndSignedForItsEndpoint() {
        var endpoint = endpoint("/signed", "account.*");

        var event = happens(carillon, actor, "acct_signed");

        var webhook = receiver.awaitReceived(request -> request.path().equals("/signed"), SOON);
        assertThat(webhook.body()).isEqualTo(event.body().getBytes(StandardCharsets.UTF_8));
        assertThat(webhook.method()).isEqualTo("POST");
        assertThat(webhook.header("webhook-id")).contains(event.id().toString());
        assertThat(webhook.header("content-type")).contains("application/json");
        assertThat(webhook.header("user-agent")).contains("Carillon");
        assertThatCode(() -> new Webhook(endpoint.secret().value()).verify(webhook.text(), webhook.headers()))
                .doesNotThrowAnyException();
        removed(endpoint);
    }

    @Test
    void whatWasRefusedComesAgainWithTheSameIdUntilItIsTaken() throws SQLException {
        double retried = attempts("scheduled");
        double delivered = attempts("delivered");
        receiver.replying(Reply.status(500).withBody("not\0now"), Reply.cut());
        var endpoint = endpoint("/again", "*");

        var event = happens(carillon, actor, "acct_again");

        await().atMost(SOON).until(() -> statusOf(event.id().value()), "delivered"::equals);
        assertThat(receivedAt("/again")).hasSize(3).allSatisfy(webhook -> {
            assertThat(webhook.header("webhook-id")).contains(event.id().toString());
            assertThat(webhook.text()).isEqualTo(event.body());
        });
        assertThat(attemptsOf(event.id().value())).containsExactly("refused 500", "cut null", "delivered 204");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(attempts("scheduled")).isEqualTo(retried + 2);
            assertThat(attempts("delivered")).isEqualTo(delivered + 1);
        });
        removed(endpoint);
    }

    @Test
    void whenTheRetriesAreUsedUpTheDeliveryHasFailed() throws SQLException {
        receiver.otherwise(Reply.status(503));
        var endpoint = endpoint("/down", "*");

        var event = happens(carillon, actor, "acct_down");

        await().atMost(SOON).until(() -> statusOf(event.id().value()), "failed"::equals);
        assertThat(receivedAt("/down")).hasSize(3);
        removed(endpoint);
    }

    @Test
    void anEndpointThatIsGoneGetsNothingMore() {
        receiver.replying(Reply.status(410));
        var endpoint = endpoint("/gone", "*");
        happens(carillon, actor, "acct_last");
        await().atMost(SOON)
                .until(() -> endpoints.get(actor, endpoint.endpoint().id()).status(), EndpointStatus.DISABLED::equals);
        assertThat(carillon.eventsAbout(actor, endpoint.endpoint().id()))
                .extracting(RecordedEvent::type)
                .containsExactly("webhook_endpoint.disabled");
        var witness = endpoint("/witness", "*");

        happens(carillon, actor, "acct_after");

        receiver.awaitReceived(request -> request.path().equals("/witness"), SOON);
        assertThat(receivedAt("/gone")).hasSize(1);
        removed(endpoint);
        removed(witness);
    }

    @Test
    void anEndpointGetsOnlyWhatItAskedForInItsOwnMode() {
        var posts = endpoint("/posts", "post.*", "publication.published");
        var live = endpoints.create(
                carillon.live(), anEndpoint(receiver.url("/live").toString(), "*"));
        var witness = endpoint("/all", "account.connected");

        happens(carillon, actor, "acct_filtered");

        receiver.awaitReceived(request -> request.path().equals("/all"), SOON);
        assertThat(receivedAt("/posts")).isEmpty();
        assertThat(receivedAt("/live")).isEmpty();
        removed(posts);
        removed(witness);
        endpoints.delete(carillon.live(), live.endpoint().id());
    }

    private static NewEndpoint endpoint(String path, String... events) {
        return endpoints.create(actor, anEndpoint(receiver.url(path).toString(), events));
    }

    private static void removed(NewEndpoint endpoint) {
        endpoints.delete(actor, endpoint.endpoint().id());
    }

    private static double attempts(String status) {
        return SEEN.get("carillon.deliveries")
                .tags(ByMode.tag(actor.mode()))
                .tag("status", status)
                .counter()
                .count();
    }

    private static List<ReceivedRequest> receivedAt(String path) {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static String statusOf(UUID event) throws SQLException {
        return asked("SELECT status FROM webhook_delivery WHERE event_id = ?", event)
                .getFirst();
    }

    private static List<String> attemptsOf(UUID event) throws SQLException {
        return asked(
                "SELECT concat(outcome, ' ', coalesce(status_code::text, 'null')) FROM webhook_attempt WHERE event_id = ? ORDER BY number",
                event);
    }

    private static List<String> asked(String question, UUID event) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.prepareStatement(question)) {
            statement.setObject(1, event);
            var found = new java.util.ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found.isEmpty() ? List.of("none yet") : found;
        }
    }
}
