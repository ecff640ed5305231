package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchConfigTest {
    @Test
    void theDefaultsAreThoseThatWereMeasured() {
        try (var beans = ApplicationContext.run()) {
            assertThat(beans.getBean(DispatchConfig.class))
                    .isEqualTo(new DispatchConfig(
                            Duration.ofMillis(50),
                            Duration.ofSeconds(90),
                            new DispatchBounds(400, 40, 2_000, 1_500, 800),
                            20,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(10)));
        }
    }

    @Test
    void aSettingIsTakenFromTheConfiguration() {
        try (var beans = ApplicationContext.run(Map.of("carillon.dispatch.bounds.waiting", "12"))) {
            assertThat(beans.getBean(DispatchConfig.class).bounds().waiting()).isEqualTo(12);
        }
    }
}
