package dev.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.testing.TestCarillon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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

    // A number that appears below one that was already read is an event that a consumer never sees.
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
                carillon.bean(FanOut.class).run((tenant, events) -> events.forEach(event -> seen.add(event.number())));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        carillon.bean(EventSequencer.class).numberAll();
        carillon.bean(FanOut.class).run((tenant, events) -> events.forEach(event -> seen.add(event.number())));

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

    private static List<String> objects(Actor actor) {
        return carillon
                .bean(EventService.class)
                .list(actor, new EventFilter(null, null), new PageRequest(100, null))
                .data()
                .stream()
                .map(RecordedEvent::objectId)
                .toList();
    }

    private static void record(Actor actor, String object) {
        var payload = new AccountPayload(
                object, "account", "sandbox", "x", "active", null, actor.mode().livemode(), Instant.EPOCH);
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            carillon.bean(Events.class).record(actor.tenant(), new Event.AccountConnected(payload), Instant.EPOCH);
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
