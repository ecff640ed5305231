package dev.carillon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.Json;
import io.micronaut.serde.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class EventStreamTest {
    private static final StreamConfig CONFIG =
            new StreamConfig(Duration.ofSeconds(15), 1_000, Duration.ofSeconds(10), 1, 1);

    private final Queue<Runnable> connection = new ArrayDeque<>();
    private final EventStream stream =
            new EventStream(CONFIG, new Json(ObjectMapper.getDefault()), connection::add, () -> {});
    private final Reader reader = new Reader();

    /** Requests one frame after another, as the server does, and keeps the frames. */
    private static final class Reader implements Subscriber<byte[]> {
        private final List<String> sent = new ArrayList<>();
        private @Nullable Subscription subscription;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(byte[] bytes) {
            sent.add(new String(bytes, StandardCharsets.UTF_8));
            if (subscription != null) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable trouble) {
            throw new AssertionError(trouble);
        }

        @Override
        public void onComplete() {
            sent.add("complete");
        }
    }

    @Test
    void everythingIsSentOnTheConnectionsThread() {
        stream.begin(null);
        stream.subscribe(reader);
        stream.close("shutting_down", "over");
        assertThat(reader.sent).isEmpty();

        runConnection();

        assertThat(String.join("", reader.sent))
                .startsWith("retry: 1000\n: connected\n\n")
                .contains("event: stream.closed\n")
                .endsWith("complete");
    }

    // The server fails on a frame that comes after the connection ended, and does not free its memory.
    @Test
    void whatWasOnItsWayWhenTheConnectionWentIsNotSent() {
        stream.begin(null);
        stream.subscribe(reader);
        runConnection();
        int before = reader.sent.size();

        stream.close("shutting_down", "over");
        stream.cancel();
        runConnection();

        assertThat(reader.sent).hasSize(before);
    }

    private void runConnection() {
        for (var work = connection.poll(); work != null; work = connection.poll()) {
            work.run();
        }
    }
}
