package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scenarios of the crash harness that {@link ChaosTest} leaves to a JVM beside it. */
@Tag("slow")
class ChaosOtherHalfTest {
    @Test
    @Timeout(1_500)
    void whateverDiesNothingIsPublishedTwiceAndNothingIsLost() {
        assertThat(Chaos.run(RunOptions.half(RunOptions.Half.ODD, ChaosTest.seed())))
                .isEmpty();
    }
}
