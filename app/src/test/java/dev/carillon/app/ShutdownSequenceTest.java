package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.app.settings.StartRefused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownSequenceTest {
    private final List<String> closed = new ArrayList<>();
    private final ShutdownSequence order = new ShutdownSequence();

    @Test
    void whatWasStartedLastIsClosedFirst() {
        order.add("servers", () -> closed.add("servers"));
        order.add("application", () -> closed.add("application"));

        order.close();

        assertThat(closed).containsExactly("application", "servers");
    }

    @Test
    void aPartThatDoesNotCloseKeepsNoOtherOpen() {
        order.add("servers", () -> closed.add("servers"));
        order.add("application", () -> {
            throw new IllegalStateException("stuck");
        });

        order.close();

        assertThat(closed).containsExactly("servers");
    }

    /** Otherwise a process that is stopped during its start would leave a database running. */
    @Test
    void whatStartsAfterTheEndIsClosedAtOnce() {
        order.close();

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> order.add("servers", () -> closed.add("servers")));
        assertThat(closed).containsExactly("servers");
    }
}
