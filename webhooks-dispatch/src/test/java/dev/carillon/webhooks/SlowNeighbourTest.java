package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.WebhookReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class SlowNeighbourTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int HANGING = 300;

    // Otherwise one tenant's hanging server would delay the webhooks of all tenants.
    @Test
    void anotherTenantsWebhookArrivesWhileHundredsHang() throws IOException {
        try (var hanging = new HangingServer();
                var quick = WebhookReceiver.start();
                var carillon = TestCarillon.start(Map.of(
                        "carillon.outbound.allow",
                        hanging.address() + "," + quick.url().getAuthority(),
                        "carillon.webhooks.timeout",
                        "20s"));
                var role = carillon.bean(DispatchRole.class)) {
            var slow = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
            var slowEndpoint = endpoint(carillon, slow, URI.create("http://" + hanging.address() + "/"));
            var witness = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
            endpoint(carillon, witness, quick.url());
            Facts.happenAtOnce(carillon, slow, HANGING);
            role.start();
            await().atMost(SOON).until(() -> hanging.callers.size() >= HANGING);

            var event = happens(carillon, witness, "acct_witness");

            quick.awaitReceived(1, SOON);
            var attempts = new RecordedAttempts(carillon);
            assertThat(attempts.number("SELECT count(*) FROM webhook_attempt WHERE endpoint_id = ?", slowEndpoint))
                    .as("ended attempts of the slow endpoint")
                    .isZero();
            await().atMost(SOON).until(() -> attempts.of(event), List.of("delivered 204")::equals);
            // Otherwise the end of the test would wait for the hanging calls.
            hanging.hangUp();
        }
    }

    private static UUID endpoint(TestCarillon carillon, Actor actor, URI url) {
        return carillon.bean(WebhookEndpointService.class)
                .create(actor, anEndpoint(url.toString(), "account.*"))
                .endpoint()
                .id()
                .value();
    }

    /** Accepts connections and never answers. */
    private static final class HangingServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, HANGING, InetAddress.ofLiteral("127.0.0.1"));
        private final Queue<Socket> callers = new ConcurrentLinkedQueue<>();

        HangingServer() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        private void accept() {
            try {
                while (!server.isClosed()) {
                    callers.add(server.accept());
                }
            } catch (IOException closed) {
                // The server was closed.
            }
        }

        void hangUp() throws IOException {
            server.close();
            for (var caller : callers) {
                caller.close();
            }
        }

        @Override
        public void close() throws IOException {
            hangUp();
        }
    }
}
