package dev.carillon.app.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelaysTest {
    @Test
    void whatHappenedEarlyIsCountedAndNotHidden() {
        var delays = new Delays();

        LongStream.of(-1, 0, 2_000).forEach(delays::record);

        assertThat(delays.early()).isEqualTo(1);
        assertThat(delays.count()).isEqualTo(3);
    }

    @Test
    void theMedianAndTheNinetyNinthPercentileAreMilliseconds() {
        var delays = new Delays();

        LongStream.rangeClosed(1, 1000).map(millis -> millis * 1000).forEach(delays::record);

        assertThat(delays.medianMillis()).isBetween(499.0, 502.0);
        assertThat(delays.p99Millis()).isBetween(989.0, 992.0);
    }
}
