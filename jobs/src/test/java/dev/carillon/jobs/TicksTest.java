package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void aTickRunsAtOnceAndComesBack() {
        var runs = new AtomicInteger();
        try (var ticks = new Ticks()) {
            ticks.every("count", Duration.ofMillis(10), runs::incrementAndGet);

            await().untilAtomic(runs, greaterThan(3));
        }
    }

    @Test
    void anErrorEndsOneRunOnly() {
        var runs = new AtomicInteger();
        try (var ticks = new Ticks()) {
            ticks.every("fail", Duration.ofMillis(10), () -> {
                runs.incrementAndGet();
                throw new IllegalStateException("as the test wants it");
            });

            await().untilAtomic(runs, greaterThan(2));
        }
    }

    @Test
    void aSlowTickHoldsUpNeitherItselfNorOthers() {
        var overlapped = new AtomicBoolean();
        var inside = new AtomicInteger();
        var others = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        try (var ticks = new Ticks()) {
            ticks.every("slow", Duration.ofMillis(1), () -> {
                overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
                await().until(() -> goOn.await(5, TimeUnit.SECONDS));
                inside.decrementAndGet();
            });
            ticks.every("quick", Duration.ofMillis(1), others::incrementAndGet);

            await().untilAtomic(others, greaterThan(20));
            goOn.countDown();
        }
        assertThat(overlapped).isFalse();
    }

    @Test
    void aTickThatIsWokenDoesNotWaitForItsTime() {
        var runs = new AtomicInteger();
        try (var ticks = new Ticks()) {
            var tick = ticks.every("rare", Duration.ofDays(1), runs::incrementAndGet);
            await().untilAtomic(runs, greaterThan(0));

            tick.wake();

            await().untilAtomic(runs, greaterThan(1));
        }
    }

    @Test
    void aTickCanSayWhenItComesBack() {
        var runs = new AtomicInteger();
        try (var ticks = new Ticks()) {
            ticks.paced("thrice", () -> runs.incrementAndGet() < 3 ? Duration.ofMillis(1) : Duration.ofDays(1));

            await().untilAtomic(runs, greaterThan(2));
        }
        assertThat(runs).hasValue(3);
    }

    @Test
    void aTickWithoutAPauseRunsAgainAtOnceUntilTheClose() {
        var runs = new AtomicInteger();
        Ticks.Tick tick;
        try (var ticks = new Ticks()) {
            tick = ticks.paced("busy", () -> {
                runs.incrementAndGet();
                return Duration.ZERO;
            });

            await().untilAtomic(runs, greaterThan(1_000));
            assertThat(tick.isRunning()).isTrue();
        }
        assertThat(tick.isRunning()).isFalse();
    }

    @Test
    void nothingRunsAfterAClose() {
        var running = new AtomicInteger();
        var ticks = new Ticks();
        ticks.every("count", Duration.ofMillis(1), running::incrementAndGet);
        await().untilAtomic(running, greaterThan(2));

        ticks.close();

        int after = running.get();
        await().during(Duration.ofMillis(50)).until(() -> running.get() == after);
    }
}
