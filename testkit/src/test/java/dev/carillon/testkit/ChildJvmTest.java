package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ChildJvmTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMillis(400);

    @Test
    void argumentsAndEnvironmentArriveAndTheOutputIsKept() {
        try (var child = ChildJvm.of(Speaks.class)
                .withArguments("ding", "dong")
                .withEnvironment("BELL", "great")
                .start()) {
            assertThat(child.awaitLine("says (.*)", LONG).group(1)).isEqualTo("ding dong great");
            assertThat(child.awaitExit(LONG)).isEqualTo(3);
            assertThat(child.output()).contains("bye");
        }
    }

    @Test
    void waitingForALineEndsWithTheJvmAndShowsWhatItSaid() {
        try (var child = ChildJvm.of(Speaks.class).start()) {
            assertThatThrownBy(() -> child.awaitLine("never", LONG))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("bye");
        }
    }

    @Test
    void aKilledJvmIsGone() {
        try (var child = ChildJvm.of(Counts.class).start()) {
            child.awaitLine("^1$", LONG);

            child.kill9();

            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void killingTheGroupTakesTheChildrenOfTheJvmAlong() {
        try (var child = ChildJvm.of(HasAChild.class).inOwnGroup().start()) {
            long grandchild =
                    Long.parseLong(child.awaitLine("child=(\\d+)", LONG).group(1));

            child.kill9Group();

            assertThat(child.isAlive()).isFalse();
            await().until(() -> ProcessHandle.of(grandchild)
                    .flatMap(process -> process.info().command())
                    .isEmpty());
        }
    }

    @Test
    void aFrozenJvmSaysNothingUntilItGoesOn() {
        try (var child = ChildJvm.of(Counts.class).start()) {
            child.awaitLine("^1$", LONG);
            child.sigstop();
            // A line may still arrive; then there is no more output.
            var frozenAt = await().during(SILENCE).until(child::output, sameAsBefore());

            child.sigcont();

            await().until(() -> child.output().length() > frozenAt.length());
        }
    }

    private static Predicate<String> sameAsBefore() {
        var before = new AtomicReference<>("");
        return output -> before.getAndSet(output).equals(output);
    }

    /** Prints its arguments and ends. */
    static final class Speaks {
        public static void main(String[] arguments) {
            System.out.println("says " + String.join(" ", arguments) + " " + System.getenv("BELL"));
            System.err.println("bye");
            System.exit(3);
        }
    }

    /** Counts until it is stopped. */
    static final class Counts {
        public static void main(String[] arguments) {
            for (int count = 1; ; count++) {
                System.out.println(count);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /** Starts a process and waits. */
    static final class HasAChild {
        public static void main(String[] arguments) throws Exception {
            var child = new ProcessBuilder("sleep", "600").start();
            System.out.println("child=" + child.pid());
            child.waitFor();
        }
    }
}
