package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    // The generator is documented, so that you can predict which calls a fault hits.
    @Test
    void theyAreThoseOfSplitMix64() {
        assertThat(SplitMix64.share(1234567, 1)).isEqualTo((6457827717110365317L >>> 11) * 0x1.0p-53);
        assertThat(SplitMix64.share(1234567, 2)).isEqualTo((3203168211198807973L >>> 11) * 0x1.0p-53);
    }

    @Test
    void theyAreThoseOfTheJdksSplittableRandom() {
        var random = new SplittableRandom(42);

        assertThat(LongStream.rangeClosed(1, 100).mapToObj(number -> SplitMix64.share(42, number)))
                .containsExactlyElementsOf(random.doubles(100).boxed().toList());
    }

    @Test
    void theyAreSpreadEvenly() {
        var shares = LongStream.rangeClosed(1, 10_000).mapToDouble(number -> SplitMix64.share(7, number));

        assertThat(shares.filter(share -> share < 0.3).count() / 10_000.0).isCloseTo(0.3, within(0.02));
    }
}
