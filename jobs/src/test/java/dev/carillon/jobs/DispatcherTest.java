package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.jobs.EchoHandler.Echoes;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.Lanes;
import dev.carillon.jobs.lane.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static JobsDatabase database;
    private static JobServer server;
    private static Lanes lanes;
    private static Echoes echoes;

    private final ConcurrentLinkedQueue<UUID> started = new ConcurrentLinkedQueue<>();
    private Dispatcher dispatcher = dispatcher(400);

    @BeforeAll
    static void startServer() {
        database = new JobsDatabase();
        server = JobServer.start(JobServerConfig.WORKER, database.dispatchPool(), database.beans());
        lanes = database.publications();
        echoes = database.beans().getBean(Echoes.class);
    }

    @BeforeEach
    void clear() {
        database.clear();
        echoes.heard.clear();
        echoes.listener = this::publish;
    }

    @AfterEach
    void stop() {
        dispatcher.close();
        echoes.listener = job -> {};
    }

    @AfterAll
    static void stopServer() {
        server.close();
        database.close();
    }

    @Test
    void dueRowsBecomeJobsAndAreDoneOnce() {
        var due = database.due(database.account(database.tenant()), 1_000, LONG_AGO);

        dispatcher.start();

        await().atMost(Duration.ofSeconds(30)).until(() -> published() == 1_000);
        assertThat(started).containsExactlyInAnyOrderElementsOf(due);
        await().until(() -> dispatcher.inFlight() == 0);
        assertThat(dispatcher.isHealthy()).isTrue();
    }

    @Test
    void aWokenDispatcherStartsARowLongBeforeItsTick() {
        dispatcher = dispatcher(400, Duration.ofSeconds(30));
        dispatcher.start();
        await().until(dispatcher::isHealthy);
        database.due(database.account(database.tenant()), 1, LONG_AGO);

        dispatcher.wake();

        await().atMost(Duration.ofSeconds(20)).until(() -> started.size() == 1);
    }

    @Test
    void burstsAreCutIntoChunksAndASingleRowIsAJobOfItsOwn() {
        var account = database.account(database.tenant());
        database.due(account, 80, LONG_AGO);
        dispatcher.start();
        await().until(() -> published() == 80);
        assertThat(echoes.heard).hasSize(8).allMatch(heard -> heard.job().rows().size() == 10);
        echoes.heard.clear();

        database.due(account, 1, LONG_AGO);

        await().until(() -> published() == 81);
        assertThat(echoes.heard).hasSize(1);
    }

    // With more rows in flight, a newcomer would wait behind all of them.
    @Test
    void noMoreRowsAreInFlightThanAllowed() {
        var goOn = new CountDownLatch(1);
        echoes.listener = job -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> goOn.await(10, TimeUnit.SECONDS));
            publish(job);
        };
        database.due(database.account(database.tenant()), 30, LONG_AGO);
        dispatcher = dispatcher(10);

        dispatcher.start();

        await().until(() -> leased() == 10);
        await().during(Duration.ofMillis(300)).until(() -> leased() == 10 && dispatcher.inFlight() == 10);
        goOn.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> published() == 30);
    }

    // Recording an answer takes our time and not the host's, so the host's share is free before that, without waiting
    // for a tick.
    @Test
    void rowsWhoseHostHasAnsweredMakeRoomForOthers() {
        echoes.listener = job -> {
            started.addAll(job.rows().stream().map(EchoJob.Row::id).toList());
            job.rows().forEach(row -> dispatcher.answered(new RowKey(row.id(), row.generation())));
        };
        database.due(database.account(database.tenant()), 12, LONG_AGO);
        dispatcher = dispatcher(new DispatchBounds(100, 0, 100, 1_000, 4), Duration.ofSeconds(30));

        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> started.size() == 12);
        assertThat(dispatcher.inFlight()).isEqualTo(12);
        started.forEach(row -> dispatcher.done(new RowKey(row, 1)));
    }

    @Test
    void aHostGetsNoMoreRowsThanItsBoundWhileItHasNotAnswered() {
        echoes.listener =
                job -> started.addAll(job.rows().stream().map(EchoJob.Row::id).toList());
        database.due(database.account(database.tenant()), 12, LONG_AGO);
        dispatcher = dispatcher(new DispatchBounds(100, 0, 100, 1_000, 4), Duration.ofMillis(50));

        dispatcher.start();

        await().until(() -> started.size() == 4);
        await().during(Duration.ofMillis(300)).until(() -> started.size() == 4 && leased() == 4);
        started.forEach(row -> dispatcher.done(new RowKey(row, 1)));
    }

    // Any process may run the job, and only that one reports that it is done.
    @Test
    void rowsThatWereDoneElsewhereMakeRoomAsWell() {
        echoes.listener = this::publishSilently;
        database.due(database.account(database.tenant()), 40, LONG_AGO);
        dispatcher = dispatcher(10);

        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> published() == 40);
        await().until(() -> dispatcher.inFlight() == 0);
    }

    @Test
    void rowsThatCannotBeHandedOverAreGivenBack() {
        database.update("REVOKE INSERT ON worker_jobs.jobrunr_jobs FROM carillon_dispatch");
        database.due(database.account(database.tenant()), 3, LONG_AGO);
        dispatcher.start();

        await().until(() -> database.number("SELECT max(generation) FROM publication") > 1);
        database.update("GRANT INSERT ON worker_jobs.jobrunr_jobs TO carillon_dispatch");

        await().atMost(Duration.ofSeconds(20)).until(() -> published() == 3);
        assertThat(started).hasSize(3);
        assertThat(dispatcher.isHealthy()).isTrue();
    }

    @Test
    void aStopWaitsForRowsInFlightAndClaimsNoMore() {
        var inside = new CountDownLatch(1);
        echoes.listener = job -> {
            inside.countDown();
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            publish(job);
        };
        var account = database.account(database.tenant());
        database.due(account, 1, LONG_AGO);
        dispatcher.start();
        await().until(() -> inside.getCount() == 0);

        dispatcher.close();

        assertThat(published()).isEqualTo(1);
        database.due(account, 1, LONG_AGO);
        await().during(Duration.ofMillis(200)).until(() -> published() == 1 && leased() == 0);
        assertThat(dispatcher.isHealthy()).isFalse();
    }

    private Dispatcher dispatcher(int maxInFlight) {
        return dispatcher(maxInFlight, Duration.ofMillis(50));
    }

    private Dispatcher dispatcher(int maxInFlight, Duration tick) {
        return dispatcher(new DispatchBounds(maxInFlight, 0, maxInFlight, 1_000, 1_000), tick);
    }

    private Dispatcher dispatcher(DispatchBounds bounds, Duration tick) {
        var config = new DispatchConfig(
                tick, Duration.ofSeconds(90), bounds, 20, Duration.ofSeconds(1), Duration.ofSeconds(10));
        return new Dispatcher(
                "test",
                lanes,
                server.queue(),
                DispatcherTest::job,
                database.beans().getBean(Clocks.class),
                config);
    }

    private static EchoJob job(List<Claimed> rows) {
        return new EchoJob(
                "chunk",
                List.of(),
                rows.stream()
                        .map(row -> new EchoJob.Row(row.id(), row.generation()))
                        .toList());
    }

    private void publish(EchoJob job) {
        publishSilently(job);
        job.rows().forEach(row -> dispatcher.done(new RowKey(row.id(), row.generation())));
    }

    private void publishSilently(EchoJob job) {
        for (var row : job.rows()) {
            started.add(row.id());
            database.update(
                    "UPDATE publication SET status = 'published', lease_until = NULL WHERE id = ? AND generation = ?",
                    row.id(),
                    row.generation());
        }
    }

    private static long published() {
        return database.number("SELECT count(*) FROM publication WHERE status = 'published'");
    }

    private static long leased() {
        return database.number("SELECT count(*) FROM publication WHERE lease_until IS NOT NULL");
    }
}
