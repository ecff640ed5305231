package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.testing.MovableClocks;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.EndpointChange;
import dev.carillon.core.webhook.endpoint.NewEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.ReceivedRequest;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One endpoint with a fault, the events that are recorded meanwhile, and the events that its receiver accepted, by {@code webhook-id}. */
final class FaultTrial implements AutoCloseable {
    private static final String TYPE = "account.connected";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final TestCarillon carillon;
    private final Actor actor;
    private final MovableClocks clocks;
    private final NewEndpoint endpoint;
    private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
    private int happened;

    FaultTrial(TestCarillon carillon, URI url) {
        this.carillon = carillon;
        this.actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        this.clocks = carillon.bean(MovableClocks.class);
        this.endpoint = carillon.bean(WebhookEndpointService.class).create(actor, anEndpoint(url.toString(), TYPE));
    }

    Actor actor() {
        return actor;
    }

    WebhookEndpointId endpoint() {
        return endpoint.endpoint().id();
    }

    /** Records this many events in one transaction. */
    void happen(int times) {
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            var now = carillon.bean(Clocks.class).now();
            for (int i = 0; i < times; i++) {
                var payload = new AccountPayload(
                        "acct_" + ++happened, "account", "sandbox", "fault", "active", null, false, now);
                carillon.bean(EventRecorder.class).record(actor.tenant(), new Event.AccountConnected(payload), now);
            }
            return now;
        });
    }

    int happened() {
        return happened;
    }

    /** Changes the endpoint's URL. */
    void moveTo(URI url) {
        carillon.bean(WebhookEndpointService.class)
                .change(
                        actor,
                        endpoint(),
                        new EndpointChange(url.toString(), null, null, null, null, null, null, null));
    }

    /** Counts a request as accepted; returns true if it is the first for its event. */
    boolean takes(ReceivedRequest request) {
        return taken.computeIfAbsent(id(request), unknown -> new AtomicInteger())
                        .incrementAndGet()
                == 1;
    }

    private static String id(ReceivedRequest request) {
        return request.header("webhook-id").orElseThrow();
    }

    /** Advances business time in steps until every delivery has ended. */
    void untilAllEnded(Duration step) {
        until("all deliveries have ended", step, () -> count("status <> 'scheduled'") == happened);
    }

    /** Advances business time in steps until the condition is true. */
    void until(String what, Duration step, Callable<Boolean> condition) {
        await(what).atMost(LIMIT).pollInterval(LOOK_AGAIN).until(() -> {
            boolean holds = condition.call();
            if (!holds) {
                clocks.advance(step);
            }
            return holds;
        });
    }

    void pass(Duration time) {
        clocks.advance(time);
    }

    /** Counts the deliveries that match an SQL condition. */
    int count(String condition) {
        return Integer.parseInt(
                ask("SELECT count(*)::text FROM webhook_delivery WHERE endpoint_id = ? AND " + condition)
                        .getFirst());
    }

    int attempts() {
        return Integer.parseInt(ask("SELECT count(*)::text FROM webhook_attempt WHERE endpoint_id = ?")
                .getFirst());
    }

    /** The distinct outcomes of all attempts so far. */
    List<String> outcomes() {
        return ask("SELECT DISTINCT outcome FROM webhook_attempt WHERE endpoint_id = ? ORDER BY outcome");
    }

    List<UUID> deliveries() {
        return ask("SELECT id::text FROM webhook_delivery WHERE endpoint_id = ? ORDER BY id").stream()
                .map(UUID::fromString)
                .toList();
    }

    private List<String> ask(String question) {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.prepareStatement(question)) {
            statement.setObject(1, endpoint().value());
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events the receiver accepted at least once. */
    int received() {
        return taken.size();
    }

    /** How many accepted requests repeated an event. */
    int doubles() {
        return taken.values().stream().mapToInt(times -> times.get() - 1).sum();
    }

    int lost() {
        return happened - received();
    }

    @Override
    public void close() {
        carillon.bean(WebhookEndpointService.class).delete(actor, endpoint());
    }
}
