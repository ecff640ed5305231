package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The crash harness of webhooks, in its shortest form and in the long form of {@code ./carillon chaos webhooks --full}. */
class SenderChaosTest {
    // Customers act on events: an event that is lost with a process is an order that is never shipped.
    @Test
    @Tag("slow")
    @Timeout(900)
    void whateverSenderDiesEveryEventArrivesAndADoubleIsToldByItsId() {
        assertThat(SenderChaos.runFew(seed())).isEmpty();
    }

    @Test
    @Tag("full")
    @Timeout(3_600)
    void theLongFormFindsNothingEither() {
        assertThat(SenderChaos.run(RunOptions.full(seed()))).isEmpty();
    }

    private static long seed() {
        return new SecureRandom().nextInt(1_000_000);
    }
}
