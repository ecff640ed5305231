package dev.carillon.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.testing.TestCarillon;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitConfigTest {
    @Test
    void theDefaultsAreThoseOfTheDocuments() {
        try (var carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"))) {
            assertThat(carillon.bean(LimitConfig.class))
                    .isEqualTo(new LimitConfig(Duration.ofMillis(100), Duration.ofMillis(500), 600, 300));
            assertThat(carillon.bean(PlanRateCache.class).of(carillon.test().workspace()))
                    .isEqualTo(new PlanRates(Map.of(
                            Operation.READ, 1_000_000,
                            Operation.WRITE, 200_000,
                            Operation.POST, 300_000,
                            Operation.BATCH, 6_000,
                            Operation.ADMIN, 12_000)));
        }
    }
}
