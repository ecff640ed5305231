package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The crash harness: one half of its short form, for CI ({@link ChaosOtherHalfTest} has the other half, in another JVM at the same time),
 * and the long form of {@code ./carillon chaos --full}.
 */
class ChaosTest {
    // This guards Carillon's main promise: a post whose worker dies is neither lost nor published twice.
    @Test
    @Tag("slow")
    @Timeout(1_500)
    void whateverDiesNothingIsPublishedTwiceAndNothingIsLost() {
        assertThat(Chaos.run(RunOptions.half(RunOptions.Half.EVEN, seed()))).isEmpty();
    }

    @Test
    @Tag("full")
    @Timeout(3_600)
    void theLongFormFindsNothingEither() {
        assertThat(Chaos.run(RunOptions.full(seed()))).isEmpty();
    }

    static long seed() {
        return new SecureRandom().nextInt(1_000_000);
    }
}
