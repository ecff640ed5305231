package dev.carillon.core.webhook.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.testing.Hooked;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import dev.carillon.core.webhook.replay.WebhookReplay.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookReplayServiceTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static TestCarillon carillon;
    private static WebhookReplayService replays;
    private static ReplayFeeder feeder;
    private Hooked hooked;
    private WebhookEndpoint endpoint;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        replays = carillon.bean(WebhookReplayService.class);
        feeder = carillon.bean(ReplayFeeder.class);
    }

    @BeforeEach
    void newTenant() {
        hooked = new Hooked(carillon, carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST)));
        endpoint = hooked.endpoint();
    }

    // A step may work on any replay, so a test must not leave one running.
    @AfterEach
    void endWhatRuns() {
        hooked.asOwner("UPDATE webhook_replay SET status = 'canceled', settled = true");
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void whatFailedOrWasSkippedIsQueuedInTheOrderOfTheLogAndNothingElse() {
        var events = hooked.happen(6);
        hooked.fanOut();
        hooked.end(events.get(1), "failed", 10);
        hooked.end(events.get(2), "delivered", 1);
        hooked.end(events.get(3), "skipped", 0);
        hooked.end(events.get(5), "failed", 10);

        var replay = begun(ReplayScope.FAILED, 1_000);
        assertThat(replay.total()).isEqualTo(3);
        var done = run(replay);

        assertThat(done.replay().queued()).isEqualTo(3);
        assertThat(done.progress()).isEqualTo(new Progress(0, 0, 0, 3));
        assertThat(queuedBy(replay))
                .containsExactly(
                        events.get(1).id(), events.get(3).id(), events.get(5).id());
        assertThat(hooked.told("""
                SELECT concat(status_before, ' ', attempts, ' ', replayed_after, ' ', ended_at IS NULL) FROM webhook_delivery
                WHERE event_id = '%s'
                """.formatted(events.get(5).id().value()))).containsExactly("failed 10 10 t");
    }

    @Test
    void anEndpointThatWasMadeLaterGetsThePast() {
        var events = hooked.happen(3);
        hooked.fanOut();
        var later = hooked.endpoint("https://later.example.com", "account.*");
        hooked.asOwner("""
                INSERT INTO webhook_delivery (event_id, endpoint_id, id, workspace_id, livemode, event_type, status, due_at, lease_until)
                SELECT event_id, '%s', gen_random_uuid(), workspace_id, livemode, event_type, 'scheduled', due_at,
                       clock_timestamp() + interval '1 minute'
                FROM webhook_delivery WHERE event_id = '%s'
                """.formatted(later.id().value(), events.get(1).id().value()));

        var replay = replays.create(
                        hooked.actor(), later.id(), new ReplayDraft(ReplayScope.ALL, LONG_AGO, null, List.of(), 1_000))
                .replay();

        assertThat(replay.total()).isEqualTo(3);
        assertThat(replay.plan().events()).containsExactly("account.*");
        // The second delivery is being sent at this moment.
        assertThat(run(replay).replay().queued()).isEqualTo(2);
        assertThat(queuedBy(replay))
                .containsExactly(events.get(0).id(), events.get(2).id());
    }

    @Test
    void allMeansWhatWasDeliveredAsWellAndOnlyOfTheTypesAndTheTimeAskedFor() {
        var events = hooked.happen(2);
        var apart = hooked.anAccountIsDisconnected();
        hooked.fanOut();
        hooked.end(events.get(0), "delivered", 1);
        hooked.end(apart, "delivered", 1);
        hooked.asOwner("UPDATE event SET created_at = '2026-02-01T00:00:00Z' WHERE id = '%s'"
                .formatted(events.get(1).id().value()));

        var replay = replays.create(
                        hooked.actor(),
                        endpoint.id(),
                        new ReplayDraft(
                                ReplayScope.ALL,
                                Instant.parse("2026-02-01T00:00:01Z"),
                                null,
                                List.of("account.connected"),
                                1_000))
                .replay();
        run(replay);

        assertThat(queuedBy(replay)).containsExactly(events.get(0).id());
    }

    @Test
    void noMoreAreQueuedThanItsPaceAllows() {
        var events = hooked.happen(5);
        hooked.fanOut();
        events.forEach(event -> hooked.end(event, "failed", 10));
        var replay = begun(ReplayScope.FAILED, 8);

        assertThat(feeder.step()).isTrue();

        assertThat(found(replay).replay().queued()).isEqualTo(2);
        assertThat(hooked.told("""
                SELECT next_at - clock_timestamp() BETWEEN interval '0' AND interval '250 milliseconds' FROM webhook_replay
                WHERE id = '%s'
                """.formatted(replay.id().value()))).containsExactly("t");
        assertThat(run(replay).replay().queued()).isEqualTo(5);
        assertThat(hooked.told("""
                SELECT ended_at - created_at >= interval '500 milliseconds' FROM webhook_replay WHERE id = '%s'
                """.formatted(replay.id().value()))).containsExactly("t");
    }

    // Without this, new events would wait behind all the replayed ones.
    @Test
    void nothingIsQueuedWhileMuchWaitsForTheEndpoint() {
        var past = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.end(past, "failed", 10);
        hooked.happen(20);
        hooked.fanOut();
        var replay = begun(ReplayScope.FAILED, 1);

        assertThat(feeder.step()).isTrue();

        assertThat(found(replay).replay().queued()).isZero();
        hooked.asOwner(
                "UPDATE webhook_delivery SET status = 'delivered' WHERE endpoint_id = '%s' AND status = 'scheduled'"
                        .formatted(endpoint.id().value()));
        assertThat(run(replay).replay().queued()).isOne();
    }

    // A killed process takes its transaction with it; no delivery may be lost or queued twice.
    @Test
    void aStepThatIsLostOnItsWayIsMadeAgain() {
        var events = hooked.happen(3);
        hooked.fanOut();
        events.forEach(event -> hooked.end(event, "failed", 10));
        var replay = begun(ReplayScope.FAILED, 1_000);

        assertThatThrownBy(() -> carillon.bean(Transactions.class).acrossWorkspaces(() -> {
                    assertThat(feeder.step()).isTrue();
                    assertThat(waitingForEndpoint()).isEqualTo(0);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(found(replay).replay().queued()).isZero();
        assertThat(queuedBy(replay)).isEmpty();
        run(replay);
        assertThat(queuedBy(replay)).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void manyFeedersQueueEachEventOnce() throws Exception {
        var events = hooked.happen(60);
        var later = hooked.endpoint("https://later.example.com", "*");
        events.forEach(event -> assertThat(event.number()).isPositive());
        var replay = replays.create(
                        hooked.actor(), later.id(), new ReplayDraft(ReplayScope.ALL, LONG_AGO, null, List.of(), 40))
                .replay();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> feeding = () -> {
                run(replay);
                return true;
            };
            for (var run : threads.invokeAll(Collections.nCopies(6, feeding))) {
                assertThat(run.get()).isTrue();
            }
        }

        assertThat(queuedBy(replay))
                .containsExactlyElementsOf(
                        events.stream().map(RecordedEvent::id).toList());
        assertThat(found(replay).replay().queued()).isEqualTo(60);
    }

    @Test
    void onlyOneOfAnEndpointRunsAndTheRefusalNamesIt() throws InterruptedException {
        hooked.happen(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<WebhookReplay> beginning = () -> begun(ReplayScope.ALL, 1);
            threads.invokeAll(Collections.nCopies(8, beginning));
        }

        var all = replays.list(hooked.actor(), endpoint.id(), new PageRequest(100, null))
                .data();
        assertThat(all).hasSize(1);
        assertThatThrownBy(() -> begun(ReplayScope.ALL, 1))
                .satisfies(is(ErrorCode.CONFLICT))
                .hasMessageContaining(all.getFirst().id().toString());
        replays.cancel(hooked.actor(), all.getFirst().id());
        assertThat(begun(ReplayScope.ALL, 1).status()).isEqualTo(ReplayStatus.RUNNING);
    }

    // A cancel at any moment must leave every delivery as it was before, except those that are being sent.
    @Test
    void canceledWhileItIsFedItLeavesNothingWaiting() throws Exception {
        var events = hooked.happen(40);
        hooked.fanOut();
        events.forEach(event -> hooked.end(event, "failed", 10));
        var ends = endings();
        var replay = begun(ReplayScope.FAILED, 40);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> feeding = () -> {
                await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> {
                    feeder.step();
                    return found(replay).replay().status() == ReplayStatus.CANCELED;
                });
                return true;
            };
            var running = Collections.nCopies(3, feeding).stream()
                    .map(threads::submit)
                    .toList();
            await().atMost(SOON).until(() -> found(replay).replay().queued() > 10);
            replays.cancel(hooked.actor(), replay.id());
            for (var each : running) {
                assertThat(each.get()).isTrue();
            }
        }

        var after = found(replay);
        assertThat(after.replay().reason()).isEqualTo(ReplayEnd.REQUESTED);
        assertThat(after.replay().restored()).isEqualTo(after.replay().queued()).isGreaterThan(10);
        assertThat(after.progress()).isEqualTo(new Progress(0, 0, 0, 0));
        assertThat(endings()).isEqualTo(ends);
        assertThat(replays.cancel(hooked.actor(), replay.id())).isEqualTo(after);
    }

    @Test
    void whatIsBeingSentWhenItIsCanceledIsNotTriedAgain() {
        var events = hooked.happen(2);
        hooked.fanOut();
        events.forEach(event -> hooked.end(event, "failed", 10));
        var replay = begun(ReplayScope.FAILED, 1_000);
        run(replay);
        hooked.claim(events.getFirst());

        assertThat(replays.cancel(hooked.actor(), replay.id()).progress()).isEqualTo(new Progress(0, 0, 0, 1));

        // The attempt fails, and a retry is due in an hour.
        hooked.asOwner(
                "UPDATE webhook_delivery SET lease_until = NULL, attempts = 11, due_at = due_at + interval '1 hour' WHERE event_id = '%s'"
                        .formatted(events.getFirst().id().value()));
        await().atMost(SOON).until(() -> {
            feeder.step();
            return found(replay).replay().restored() == 2;
        });
        assertThat(hooked.told("SELECT status FROM webhook_delivery WHERE event_id = '%s'"
                        .formatted(events.getFirst().id().value())))
                .containsExactly("failed");
    }

    @Test
    void aReplayEndsWithItsEndpointAndSaysSo() {
        var events = hooked.happen(2);
        hooked.fanOut();
        events.forEach(event -> hooked.end(event, "failed", 10));
        var replay = begun(ReplayScope.FAILED, 1);
        assertThat(feeder.step()).isTrue();

        hooked.asOwner("UPDATE webhook_endpoint SET status = 'disabled', status_reason = 'gone' WHERE id = '%s'"
                .formatted(endpoint.id().value()));
        await().atMost(SOON).until(() -> {
            feeder.step();
            return found(replay).replay().status() == ReplayStatus.CANCELED;
        });

        assertThat(found(replay).replay().reason()).isEqualTo(ReplayEnd.ENDPOINT_DISABLED);
        assertThatThrownBy(() -> begun(ReplayScope.FAILED, 1))
                .satisfies(is(ErrorCode.CONFLICT))
                .hasMessageContaining("disabled");
    }

    @Test
    void whatMakesNoSenseIsRefusedAndLeavesNothing() {
        var now = Instant.now();
        assertThatThrownBy(() -> created(now, now.minusSeconds(1), "*")).satisfies(is(ErrorCode.INVALID_PARAMETER));
        assertThatThrownBy(() -> created(now.plusSeconds(60), null, "*")).satisfies(is(ErrorCode.INVALID_PARAMETER));
        assertThatThrownBy(() -> created(LONG_AGO, null, "post.exploded")).satisfies(is(ErrorCode.INVALID_PARAMETER));
        assertThat(replays.list(hooked.actor(), endpoint.id(), new PageRequest(100, null))
                        .data())
                .isEmpty();
    }

    @Test
    void aReplayIsUnknownToOtherWorkspacesAndModes() {
        var replay = begun(ReplayScope.ALL, 1).id();
        var stranger = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        var live = carillon.actor(carillon.newKey(hooked.actor().workspace(), Mode.LIVE));

        for (var other : List.of(stranger, live)) {
            assertThatThrownBy(() -> replays.get(other, replay)).satisfies(is(ErrorCode.NOT_FOUND));
            assertThatThrownBy(() -> replays.cancel(other, replay)).satisfies(is(ErrorCode.NOT_FOUND));
            assertThatThrownBy(() -> replays.list(other, endpoint.id(), new PageRequest(1, null)))
                    .satisfies(is(ErrorCode.NOT_FOUND));
        }
    }

    private WebhookReplay begun(ReplayScope scope, int perSecond) {
        return replays.create(
                        hooked.actor(), endpoint.id(), new ReplayDraft(scope, LONG_AGO, null, List.of(), perSecond))
                .replay();
    }

    private void created(Instant since, @Nullable Instant until, String events) {
        replays.create(
                hooked.actor(), endpoint.id(), new ReplayDraft(ReplayScope.ALL, since, until, List.of(events), 1));
    }

    /** Runs the replay until it is done. */
    private WebhookReplay.Followed run(WebhookReplay replay) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
            feeder.step();
            return found(replay).replay().status() == ReplayStatus.DONE;
        });
        return found(replay);
    }

    private WebhookReplay.Followed found(WebhookReplay replay) {
        return replays.get(hooked.actor(), replay.id());
    }

    /** The events of the queued deliveries, in the order in which they are due. */
    private List<EventId> queuedBy(WebhookReplay replay) {
        return hooked
                .told(
                        "SELECT event_id FROM webhook_delivery WHERE replay_id = '%s' AND status = 'scheduled' ORDER BY due_at"
                                .formatted(replay.id().value()))
                .stream()
                .map(id -> new EventId(java.util.UUID.fromString(String.valueOf(id))))
                .toList();
    }

    private int waitingForEndpoint() {
        return hooked.told("SELECT 1 FROM webhook_delivery WHERE endpoint_id = '%s' AND status = 'scheduled'"
                        .formatted(endpoint.id().value()))
                .size();
    }

    private List<@Nullable String> endings() {
        return hooked.told(
                "SELECT concat(status, ended_at) FROM webhook_delivery WHERE endpoint_id = '%s' ORDER BY event_id"
                        .formatted(endpoint.id().value()));
    }

    private static java.util.function.Consumer<Throwable> is(ErrorCode code) {
        return refused -> assertThat(refused)
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code));
    }
}
