package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second half of the crash scenarios; {@link ChaosTest} has the first, in another JVM at the same time. */
@Tag("slow")
class ChaosOtherHalfTest {
    @Test
    @Timeout(1_500)
    void whateverDiesNothingIsPublishedTwiceAndNothingIsLost() {
        assertThat(Chaos.run(RunOptions.half(RunOptions.Half.ODD, ChaosTest.seed())))
                .isEmpty();
    }
}
