package dev.carillon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Duration STALL = Duration.ofSeconds(1);
    private static final int FRAMES = 8;

    private final Backlog backlog = new Backlog(100);

    @Test
    void whatHasNoRoomIsLeftWhole() {
        assertThat(backlog.offerAll(frames(1, 60))).isTrue();

        assertThat(backlog.offerAll(frames(2, 30))).isFalse();

        assertThat(backlog.offerAll(frames(1, 40))).isTrue();
        backlog.request(1);
        assertThat(backlog.next()).hasSize(100);
    }

    @Test
    void whatIsLargerThanAllRoomWaitsAlone() {
        assertThat(backlog.offerAll(frames(1, 200))).isTrue();

        assertThat(backlog.offerAll(frames(1, 1))).isFalse();
    }

    // A reader on a slow line is not gone. Without this, a reader that takes a frame now and then would be cut.
    @Test
    void whoTakesAFrameNowAndThenIsWaitedForLongerThanOneWhoTakesNothing() throws Exception {
        assertThat(backlog.offerAll(frames(FRAMES, 10_000))).isTrue();
        try (var reader = Executors.newSingleThreadScheduledExecutor()) {
            // In total longer than a reader may take nothing.
            var every = STALL.multipliedBy(2).dividedBy(FRAMES);
            var taking = reader.scheduleAtFixedRate(
                    this::takeOne, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(backlog.awaitRoom(STALL)).isTrue();

            taking.cancel(false);
        }
    }

    @Test
    void whoTakesNothingIsNotWaitedForLonger() throws Exception {
        assertThat(backlog.offerAll(frames(1, 200))).isTrue();

        assertThat(backlog.awaitRoom(Duration.ofMillis(10))).isFalse();
    }

    private void takeOne() {
        backlog.request(1);
        backlog.next();
    }

    private static List<byte[]> frames(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> new byte[size]).toList();
    }
}
