package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The crash harness of webhooks in its shortest form; {@code ./carillon chaos webhooks} is the one of some minutes. */
@Tag("slow")
class SenderChaosTest {
    // Customers act on events: one that is lost with a process is an order that is never shipped.
    @Test
    @Timeout(300)
    void whateverSenderDiesEveryEventArrivesAndADoubleIsToldByItsId() {
        assertThat(SenderChaos.runFew(new SecureRandom().nextInt(1_000_000))).isEmpty();
    }
}
