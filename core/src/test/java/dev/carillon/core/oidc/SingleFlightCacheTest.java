package dev.carillon.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightCacheTest {
    private final AtomicInteger asked = new AtomicInteger();

    private String next() {
        return "answer " + asked.incrementAndGet();
    }

    @Test
    void anAnswerIsKeptUntilItIsForgotten() {
        var answers = new SingleFlightCache<String>(Duration.ofHours(1));

        assertThat(answers.get("a", this::next)).isEqualTo("answer 1");
        assertThat(answers.get("a", this::next)).isEqualTo("answer 1");
        assertThat(answers.get("b", this::next)).isEqualTo("answer 2");
        answers.forget("a", "answer 0");
        assertThat(answers.get("a", this::next)).isEqualTo("answer 1");
        answers.forget("a", "answer 1");
        assertThat(answers.get("a", this::next)).isEqualTo("answer 3");
    }

    @Test
    void anOldAnswerIsNotBelieved() {
        var answers = new SingleFlightCache<String>(Duration.ZERO);

        assertThat(answers.get("a", this::next)).isEqualTo("answer 1");
        assertThat(answers.get("a", this::next)).isEqualTo("answer 2");
    }

    @Test
    void aFailureIsToldAndNotKept() {
        var answers = new SingleFlightCache<String>(Duration.ofHours(1));

        assertThatThrownBy(() -> answers.get("a", () -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(answers.get("a", this::next)).isEqualTo("answer 1");
    }

    @Test
    void whoeverComesWhileItIsAskedForGetsTheSame() throws Exception {
        var answers = new SingleFlightCache<String>(Duration.ZERO);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> answers.get("a", () -> {
                begun.countDown();
                await(goOn);
                return next();
            }));
            begun.await();
            var second = threads.submit(() -> answers.get("a", this::next));
            goOn.countDown();

            assertThat(first.get()).isEqualTo("answer 1");
            // The second call may have come after the first was done, and then asked again.
            assertThat(second.get()).isIn("answer 1", "answer 2");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
