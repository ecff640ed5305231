package dev.carillon.app.chaos;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static org.awaitility.Awaitility.await;

import dev.carillon.app.chaos.Orders.Action;
import dev.carillon.app.chaos.Orders.Order;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.DatabaseOutage;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.WebhookReceiver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionTimeoutException;

/** What a scenario of webhook senders uses: its own workspace and endpoint, orders, and the count at its end. */
final class SenderStage {
    private static final int SOME = 6;
    private static final Duration AGAIN = Duration.ofMillis(300);
    private static final Duration NEVER_AGAIN = Duration.ofHours(1);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

    /** Connections that a restart has broken are noticed one by one. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    private final Ground ground;
    private final Director director;
    private final WebhookReceiver receiver;
    private final SenderBooks books;
    private final RandomGenerator random;
    private final WorkspaceId workspace;
    private final String path;
    private final Troubles troubles = new Troubles();
    private int exactly;
    private int count;

    SenderStage(Ground ground, Director director, WebhookReceiver receiver, RandomGenerator random, int number) {
        this.ground = ground;
        this.director = director;
        this.receiver = receiver;
        this.books = new SenderBooks(ground);
        this.random = random;
        this.path = "/scenario/" + number;
        this.workspace = ground.bean(WorkspaceService.class).create("Chaos " + number, Plan.SELF_HOSTED);
        addEndpoint();
    }

    private void addEndpoint() {
        var keys = ground.bean(ApiKeyAuthenticator.class);
        var key = keys.create(workspace, Mode.TEST, "chaos", EnumSet.of(Scope.WEBHOOKS_WRITE));
        var actor = keys.authenticate(key.secret().value(), InetAddress.getLoopbackAddress());
        ground.bean(WebhookEndpointService.class)
                .create(actor, anEndpoint(receiver.url(path).toString(), SenderBooks.TYPE));
    }

    Ground ground() {
        return ground;
    }

    Director director() {
        return director;
    }

    RandomGenerator random() {
        return random;
    }

    /** Records this many events, each in a separate transaction. */
    void happen(int times) {
        for (int i = 0; i < times; i++) {
            count++;
            var now = Troubles.now();
            var payload = new AccountPayload(
                    "%s, number %d".formatted(path, count), "account", "sandbox", "chaos", "active", null, false, now);
            ground.bean(Transactions.class).inWorkspace(workspace, () -> {
                ground.bean(EventRecorder.class)
                        .record(new Tenant(workspace, Mode.TEST), new Event.AccountConnected(payload), now);
                return true;
            });
        }
    }

    /** Records an event, which may fail while the database is away. Whether it was committed is read from the database at the end. */
    void tryToHappen() {
        try {
            happen(1);
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
        }
    }

    /** One event; the process that brings it to the point is killed there. The receiver must get the event exactly {@code times} times. */
    void aloneAt(KillPoint point, int times) {
        exactly = times;
        director.awaitObeyed(director.order(point, 1, Action.KILL), () -> happen(1), NEVER_AGAIN);
        troubles.happened();
    }

    /** A process is killed at the point while events come in. */
    void crowdedAt(KillPoint point, int hit) {
        director.awaitObeyed(director.order(point, hit, Action.KILL), () -> happen(SOME), AGAIN);
        troubles.happened();
    }

    void killAny() {
        director.fleet().killAny(random);
        troubles.happened();
    }

    /** One event; the process that brings it to the point is stopped there, and continues after others have delivered it. */
    void stoppedAt(KillPoint point, int times) {
        exactly = times;
        var from = Troubles.now();
        var order = director.order(point, 1, Action.STOP);
        long pid = director.awaitObeyed(order, () -> happen(1), NEVER_AGAIN);
        awaitSettled();
        resume(order, pid);
        troubles.lasted(from, Duration.ZERO);
    }

    private void resume(Order order, long pid) {
        director.resume(order, pid);
        director.during(Duration.ofSeconds(2), Duration.ofMillis(100), () -> {});
    }

    void restartPostgres() {
        var from = Troubles.now();
        ground.servers().postgresServer().restart();
        troubles.lasted(from, AFTERMATH);
    }

    void during(Duration time, Duration pause, Runnable each) {
        director.during(time, pause, each);
    }

    private void awaitSettled() {
        try {
            await().atMost(SETTLED_WITHIN).pollInterval(Duration.ofMillis(100)).until(() -> {
                director.fleet().refill();
                return books.open(workspace) == 0;
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("some events were not delivered within " + SETTLED_WITHIN, e);
        }
    }

    /** Waits until everything is delivered, and a little longer for unexpected requests; then counts. */
    SenderTally count(String scenario, int senders) {
        try {
            awaitSettled();
            during(Duration.ofMillis(300), Duration.ofMillis(50), () -> {});
        } catch (AssertionError e) {
            System.out.printf("%s: %s%n", scenario, e.getMessage());
        }
        var tally = SenderTally.of(scenario, senders, books.of(workspace), received(), troubles, stalls(), exactly);
        tally.offences().forEach(this::explain);
        return tally;
    }

    private Troubles stalls() {
        var stalls = new Troubles();
        director.fleet().stalls().forEach(stall -> stalls.lasted(stall.from(), stall.until()));
        return stalls;
    }

    private List<ReceivedRequest> received() {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private void explain(SenderTally.Offence offence) {
        var id = offence.line().id();
        System.out.printf("%n%s was %s%n", id, offence.reason());
        books.story(id).forEach(line -> System.out.println("  " + line));
        received().stream()
                .filter(request -> request.header("webhook-id").orElse("").equals(id.toString()))
                .forEach(request -> System.out.println("  received at " + request.receivedAt()));
        System.out.println(director.fleet().linesAbout(id.toString()));
    }
}
