package dev.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.testkit.ChildJvm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventSequencerTest {
    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    // A consumer never sees an event whose number appears below one that was already read.
    @Test
    void numbersHaveNoGapAndNeverAppearBelowOneThatWasRead() throws Exception {
        var actor = carillon.test();
        var seen = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(writer -> () -> {
                        IntStream.range(0, 25).forEach(i -> record(actor, "w" + writer));
                        return true;
                    })
                    .toList());
            for (int i = 0; i < 20; i++) {
                carillon.bean(EventSequencer.class).numberAll();
                carillon.bean(FanOut.class).run((tenant, events) -> keep(actor, tenant, events, seen));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        carillon.bean(EventSequencer.class).numberAll();
        carillon.bean(FanOut.class).run((tenant, events) -> keep(actor, tenant, events, seen));

        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void anEventThatCommitsLateGetsALaterNumberAlthoughItsIdIsOlder() throws Exception {
        var actor = carillon.live();
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> carillon.bean(Transactions.class).inWorkspace(actor, () -> {
                record(actor, "slow");
                written.countDown();
                await(commit);
                return true;
            }));
            await(written);
            record(actor, "quick");
            assertThat(objects(actor)).containsExactly("quick");
            commit.countDown();
            slow.get();
        }

        assertThat(objects(actor)).containsExactly("slow", "quick");
    }

    // If a number is lost with its process, a consumer cannot tell the gap from an event that it missed.
    @Test
    @Tag("slow")
    void aProcessThatIsKilledWhileItNumbersLeavesNoGapAndNoNumberTwice() throws Exception {
        var actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, 4)
                    .mapToObj(writer -> threads.submit(() -> {
                        int written = 0;
                        while (writing.get()) {
                            record(actor, writer + " " + written++);
                        }
                        return written;
                    }))
                    .toList();
            for (int kill = 0; kill < 3; kill++) {
                try (var process = ChildJvm.of(SequencerProcess.class)
                        .withArguments(settings())
                        .start()) {
                    process.awaitLine("numbering", Duration.ofSeconds(60));
                    process.kill9();
                }
            }
            writing.set(false);
            int written = 0;
            for (var writer : writers) {
                written += writer.get();
            }
            carillon.bean(EventSequencer.class).numberAll();
            var numbers = numbers(actor);
            assertThat(written).isGreaterThan(3);
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, written).boxed().toList());
        }
    }

    private static String[] settings() {
        return TestCarillon.settingsOf(carillon.database()).entrySet().stream()
                .flatMap(setting -> Stream.of(setting.getKey(), String.valueOf(setting.getValue())))
                .toArray(String[]::new);
    }

    private static List<Long> numbers(Actor actor) {
        return carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                .of("SELECT sequence FROM event WHERE workspace_id = ? ORDER BY sequence", actor.workspace())
                .list(row -> row.number("sequence")));
    }

    private static void keep(Actor actor, Tenant tenant, List<RecordedEvent> events, List<Long> seen) {
        if (tenant.equals(actor.tenant())) {
            events.forEach(event -> seen.add(event.number()));
        }
    }

    private static List<String> objects(Actor actor) {
        return carillon
                .bean(EventService.class)
                .list(actor, EventFilter.ALL, EventOrder.DESC, new PageRequest(100, null))
                .data()
                .stream()
                .map(RecordedEvent::objectId)
                .toList();
    }

    private static void record(Actor actor, String object) {
        var payload = new AccountPayload(
                object, "account", "sandbox", "x", "active", null, actor.mode().livemode(), Instant.EPOCH);
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            carillon.bean(EventRecorder.class)
                    .record(actor.tenant(), new Event.AccountConnected(payload), Instant.EPOCH);
            return true;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
